"""A Pygments lexer for scripts of Waymark; its words are those of words.json."""

import json
from pathlib import Path

from pygments.lexer import RegexLexer, bygroups, default, include, words
from pygments.token import (
    Comment, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace,
)

__all__ = ["WaymarkLexer"]

WORDS = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))

# A word goes on with all that is no blank, bracket or sign of its own.
BEHIND = r"(?=[\s\[\](){},;'\"<>=!]|$)"
REST = r"[^\s\[\](){},;'\"<>$]+"


def _known(kind, before=r""):
    return words(sorted(WORDS[kind], key=len, reverse=True), prefix=before, suffix=BEHIND)


def _verbs():
    """Verbs, two words with any blanks between."""
    verbs = sorted(WORDS["verbs"], key=len, reverse=True)
    return "(?:" + "|".join(r"[ \t]+".join(verb.split()) for verb in verbs) + ")" + BEHIND


class WaymarkLexer(RegexLexer):
    """For scripts of Waymark, a shell for class-incremental learning."""

    name = "Waymark"
    aliases = ["way", "waymark"]
    filenames = ["*.way", ".waymarkrc"]
    mimetypes = ["text/x-waymark"]

    tokens = {
        "root": [
            (r"(?:[^\S\n\r]|\ufeff)+", Whitespace),
            (r"[\n\r;]|[{}]", Punctuation),
            (r"#[^\n\r]*", Comment.Single),
            (r"(let)(\s+)([A-Za-z_]\w*)", bygroups(Keyword, Whitespace, Name.Variable), "line"),
            (r"(function)(\s+)([A-Za-z_]\w*)", bygroups(Keyword, Whitespace, Name.Function), "line"),
            (r"(for)(\s+)([A-Za-z_]\w*)(\s+)(in)" + BEHIND,
             bygroups(Keyword, Whitespace, Name.Variable, Whitespace, Operator.Word), "line"),
            (_known("keywords"), Keyword, "line"),
            (_verbs(), Name.Builtin, "line"),
            (r"[A-Za-z_]\w*(?=\()", Name.Function, "line"),
            default("line"),
        ],
        # What stands behind a statement's first words, up to its end or its block.
        "line": [
            (r"[\n\r;]|[{}]", Punctuation, "#pop"),
            (r"\\(?=\r?\n|$)", Punctuation, "continued"),
            (r"\[", Punctuation, "list"),
            (r"\(", Punctuation, "group"),
            include("values"),
        ],
        "continued": [(r"\r?\n|$", Whitespace, "#pop")],
        # Within brackets a line's end is a blank.
        "list": [
            (r"\]", Punctuation, "#pop"), (r"\[", Punctuation, "#push"),
            (r"\(", Punctuation, "group"), (r"[\n\r]+", Whitespace), include("values"),
            (r"[{};]", Punctuation),
        ],
        "group": [
            (r"\)", Punctuation, "#pop"), (r"\(", Punctuation, "#push"),
            (r"\[", Punctuation, "list"), (r"[\n\r]+", Whitespace), include("values"),
            (r"[{};]", Punctuation),
        ],
        "values": [
            (r"(?:[^\S\n\r]|\ufeff)+", Whitespace),
            (r"#[^\n\r]*", Comment.Single),
            (r"'(?:[^']|'')*'?", String.Single),
            (r'"', String.Double, "text"),
            include("reference"),
            (r"(as)(\s+)(" + REST + ")", bygroups(Keyword, Whitespace, Name.Class)),
            (_known("options", r"").get()[:-len(BEHIND)] + r"(?==(?!=))", Name.Attribute),
            (r"[A-Za-z_][\w-]*(?==(?!=))", Name.Attribute),
            (_known("operators"), Operator.Word),
            (r"[=!<>]=|>>|[<>=]", Operator),
            (r"[-+*/%^](?=\s)", Operator),
            (r"[-+]?\d+\.\.-?\d+" + BEHIND, Number.Integer),
            (r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:%|"
             + "|".join(sorted(WORDS["units"], key=len, reverse=True)) + r")?" + BEHIND, Number),
            (_known("flags"), Keyword.Constant),
            (_known("functions").get()[:-len(BEHIND)] + r"(?=\()", Name.Builtin),
            (r"[A-Za-z_]\w*(?=\()", Name.Function),
            (_known("choices"), Name.Constant),
            (r"[,)\]]", Punctuation),
            (REST, Text),
            (r"\$", Text),
        ],
        "reference": [
            (r"\$\{[A-Za-z_][\w-]*\}|\$[A-Za-z_]\w*", Name.Variable),
        ],
        "text": [
            (r'"', String.Double, "#pop"),
            (r"\\(?:u\{[0-9a-fA-F]+\}|.|\n)", String.Escape),
            include("reference"),
            (r'[^"\\$]+', String.Double),
            (r"\$", String.Double),
        ],
    }
