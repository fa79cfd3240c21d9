import PlainText
import Testing

/// Texts of others inside JSON, HTML and Markdown.
struct MarkupTests {
  @Test(arguments: [
    ("Stop", #""Stop""#), (#"a "b" \"#, #""a \"b\" \\""#), ("a\n\r\tb", #""a\n\r\tb""#),
    ("\u{1B}\u{7F}\u{9B}\u{202E}", #""\u001b\u007f\u009b\u202e""#), ("é標", #""é標""#),
  ])
  func textsAreJSON(text: String, json: String) {
    #expect(jsonText(text) == json)
  }

  @Test func numbersThatAreNotFiniteAreJSONToo() {
    #expect(jsonNumber(0.5) == "0.5" && jsonNumber(.nan, strict: true) == "null")
    #expect(jsonNumber(.nan) == "NaN" && jsonNumber(-.infinity) == "-Infinity")
    #expect(jsonNumber(.infinity) == "Infinity")
  }

  @Test func objectsKeepTheirOrder() {
    #expect(jsonObject([("b", "1"), ("a\"", "[]")]) == #"{"b":1,"a\"":[]}"#)
    #expect(jsonObject([]) == "{}")
  }

  @Test func whatATerminalActsOnIsInDigits() {
    #expect("{\"a\":\"\u{9B}é\"}".jsonForTerminal == #"{"a":"\u009bé"}"#)
  }

  @Test func nothingIsMarkupInHTML() {
    #expect("<b title='\"'>&".escapedForMarkup == "&lt;b title=&#39;&quot;&#39;&gt;&amp;")
    #expect("<\u{301}b".escapedForMarkup == "&lt;\u{301}b")
  }

  @Test(arguments: [
    ("a*b_c", #"a\*b\_c"#), ("[x](y)", #"\[x\](y)"#), ("<b>&", #"\<b\>\&"#),
    ("http://a", #"http\://a"#), ("WWW.a", #"WWW\.a"#), ("a\nb\u{1B}", "a b"),
    ("`\u{301}", "\\`\u{301}"),
  ])
  func nothingIsMarkupInMarkdown(text: String, escaped: String) {
    #expect(text.asMarkdown == escaped)
  }

  @Test(arguments: [
    ("50 % & $x_1 #{2}", ##"50 \% \& \$x\_1 \#\{2\}"##), (#"\input"#, #"\textbackslash{}input"#),
    ("a^b~c", #"a\textasciicircum{}b\textasciitilde{}c"#), ("er-ace--2", "er-ace-{}-2"),
    ("?`'' \"", #"?{}`'{}' \char34{}"#), ("83 ± 2 µ", #"83 \ensuremath{\pm} 2 \ensuremath{\mu}"#),
    ("a\nb\u{1B}é", "a bé"),
  ])
  func nothingIsACommandInTeX(text: String, escaped: String) {
    #expect(text.asTeX == escaped)
  }

  @Test func nothingClosesAFence() {
    #expect("a".fenced(language: "x") == "```x\na\n```")
    #expect("```\n\u{1B}````".fenced() == "`````\n```\n````\n`````")
  }
}
