import CommandLanguage

extension Topic {
  /// The words of the language that are no commands.
  static let language: [Topic] = [
    Topic(
      .language, "let", "names a value, which $NAME stands for",
      otherNames: ["variable", "variables", "assignment"],
      text: """
        A name has letters, digits and '_'. $NAME stands for the value wherever a value may stand; in \
        a word or a double-quoted text it is filled in: run-$n, "after $n epochs". A value that the \
        command line gives, as in 'waymark script.way n=5', stays whatever 'let' says.
        """,
      formulas: ["let NAME = EXPRESSION"],
      commands: ["let n = 3", "let n = $n + 1", "print \"now $n\""],
      seeAlso: ["expressions", "strings", "for"]),
    Topic(
      .language, "for", "does the same with each value of a list or range",
      otherNames: ["loop", "loops", "break", "next"],
      text: """
        'break' ends the loop, 'next' begins its next round. A script is checked with every value \
        before anything runs. Ctrl-C ends a loop; what it made stays.
        """,
      formulas: ["for NAME in LIST { … }"],
      commands: [
        "for i in 1..3 { print $i }", "for memory in [8, 32] { print \"memory $memory\" }",
      ],
      seeAlso: ["repeat", "while", "lists"]),
    Topic(
      .language, "repeat", "does the same so many times",
      text: "'break' ends it, 'next' begins the next round.",
      formulas: ["repeat COUNT { … }"], commands: ["repeat 2 { print again }"],
      seeAlso: ["for", "while"]),
    Topic(
      .language, "while", "does the same as long as a condition holds",
      text: """
        The condition is asked before each round. 'break' ends the loop, 'next' begins the next \
        round. Of a loop that never ends Ctrl-C makes an end.
        """,
      formulas: ["while CONDITION { … }"],
      commands: ["let i = 1", "while $i < 20 { print $i; let i = $i * 3 }"],
      seeAlso: ["for", "if", "expressions"]),
    Topic(
      .language, "if", "decides what is done",
      otherNames: ["elif", "else", "conditions", "exists"],
      text: """
        A condition compares values, asks whether an object is there ('exists kd'), or is a value \
        that is on or off; 'and', 'or', 'not' and parentheses join conditions.
        """,
      formulas: ["if CONDITION { … } elif CONDITION { … } else { … }"],
      commands: [
        "let n = 3", "if $n > 2 and exists signs { print yes } else { print no }",
      ],
      seeAlso: ["expressions", "while"]),
    Topic(
      .language, "function", "a name for statements that are used again",
      otherNames: ["def", "return", "functions of scripts"],
      text: """
        Parameters may have values of their own, which count when nothing is given. What a function \
        sets is gone after it; variables outside it can be read. 'return' ends it with a value. \
        'source FILE' makes a script's functions known to all that follows. Functions call each \
        other at most 50 deep.
        """,
      formulas: ["function NAME(A, B=2) { … return VALUE }"],
      commands: [
        "function area(width, height=2) { return $width * $height }", "print (area(3))",
        "print (area(height=5, width=1))",
      ],
      seeAlso: ["functions", "let"]),
    Topic(
      .language, "try", "goes on after a failure",
      otherNames: ["error", "except", "catch"],
      text: """
        A statement that fails changes nothing and ends a script. Within 'try' the script goes on \
        with 'else', where $error is what was wrong; without 'else' it goes on behind the block. \
        Ctrl-C is no failure: it always stops.
        """,
      formulas: ["try { … } else { … }"],
      commands: ["try { restore session \"not-there.waymark\" } else { print \"not restored\" }"],
      seeAlso: ["if", "function"]),
    Topic(
      .language, "expressions", "values that are worked out",
      otherNames: ["expression", "arithmetic", "operators", "numbers", "and", "or", "not"],
      text: """
        'let', conditions and lists work out what stands there; in an argument an expression stands \
        in parentheses: memory=($n * 2). An operator has a blank on each side, since a-b is a word.

        From the tightest to the loosest: ^, then * / %, then + -, then == != < <= > >= and 'in', \
        then 'not', 'and', 'or'. 'and' and 'or' look at the right side only if the left one does not \
        decide. % has the sign of its right side. Numbers print with 15 digits; a command gets all \
        of them.
        """,
      formulas: ["(1 + 2) * 3", "$n > 3 and not $n == 5", "32 in $sizes"],
      commands: ["print (2 ^ 10) (7 % 3)", "let n = 4", "print ($n > 3 and $n in [1..9])"],
      seeAlso: ["functions", "lists", "strings"]),
    Topic(
      .language, "lists", "several values as one",
      otherNames: ["list", "ranges", "range", "slice", "index"],
      text: """
        A list stands in square brackets; a range from..to has both its ends, and stands for its \
        numbers in a list too. Positions count from 0, and from the end if they are negative; a \
        range of positions gives a part. + puts one list behind another.
        """,
      formulas: ["[8, 32, 128]", "$sizes[0]", "$sizes[1..-1]"],
      commands: ["let sizes = [8, 32] + [128]", "print ($sizes[-1]) (length($sizes))"],
      seeAlso: ["for", "functions"]),
    Topic(
      .language, "strings", "texts",
      otherNames: ["string", "text", "texts", "quotes"],
      text: """
        A word needs no quotes. In '…' nothing is special but '' for a quote; in "…" $name is filled \
        in, and \\n, \\t, \\", \\\\ and \\u{…} are characters. A quoted text is never a number. \
        + joins texts.
        """,
      formulas: ["\"memory $m\"", "'as it stands: $m'"],
      commands: ["let m = 200", "let title = \"memory \" + $m", "print $title (upper(\"stop\"))"],
      seeAlso: ["expressions", "functions"]),
    Topic(
      .language, "tables", "tables of one's own",
      otherNames: ["where", "column", "columns", "rows", "add row", "results"],
      text: """
        'table' makes one with named columns, 'add' puts a row into it. Its name alone prints it, \
        'where' chooses rows, sort= orders them, and '> FILE' writes them with all digits. Behind \
        'where' the names of columns stand for the values of a row, other words for themselves; a row \
        whose cell is empty meets no comparison with it. 'compare … as rows' makes a table of runs, with \
        the options in which they differ.

        'plot results x=memory y=final by=strategy' draws means over the rows of one memory, 'plot \
        results of=final' how a column is distributed, 'plot average [a, b] against=memory' a figure \
        of runs against an option, and 'plot [accuracy, loss] kd' several plots in one picture.
        """,
      formulas: [
        "where memory > 50 and strategy == kd", "column(results, final, memory > 50)",
        "rows(results)",
      ],
      commands: [
        "table mine columns=[strategy, memory, final]",
        "add mine strategy=kd memory=80 final=(final(kd))",
        "add mine strategy=ft memory=0 final=(final(ft))", "show mine sort=-final",
        "mine where memory > 50", "print (mean(column(mine, final)))",
        "plot mine x=memory y=final", "compare [ft, kd] as rows",
      ],
      seeAlso: ["functions", "for"]),
    Topic(
      .language, "functions", "the functions that expressions know",
      otherNames: ["math", "round", "format", "mean", "sort", "join", "length"],
      text: """
        They are worked out in 'let', in conditions and in parentheses. Of a run of several seeds \
        a function of runs gives a list, with a value for each seed: mean(accuracy(many)). Where a \
        run has no such figure yet, it is an error. runs("rp-*") names rp-8 before rp-32.
        """,
      formulas: Function.all.map { "\($0.form): \($0.summary)" }
        + ObjectFunction.ofSessions.map { "\($0.form): \($0.summary)" },
      commands: [
        "print (accuracy(kd)) (accuracy(kd, task=1))",
        "print (round(2.5)) (mean([1, 2, 6])) (join(sort([3, 1, 2])))",
      ],
      seeAlso: ["expressions", "function"]),
  ]
}
