import CommandLanguage
import Metrics
import PlainText
import Shell
import Testing

private let classes = Table(
  [.init("class"), .init("name"), .init("share", key: "share_percent")],
  rows: [
    [1, "30 km/h", .number(5.678, decimals: 1)],
    [13, "標識, \"wide\"", .number(12, decimals: 1)],
    [14, "stop", .missing],
  ])

@Test func columnsAreAlignedByDisplayWidth() {
  #expect(
    classes.text() == """
      class  name          share
          1  30 km/h         5.7
         13  標識, "wide"   12.0
         14  stop              -
      """)
}

/// A half is rounded away from zero, as in all other figures and in pictures.
@Test func halvesAreRoundedAlike() {
  let rows: [[Table.Cell]] = [10.625, 10.635, -10.625, -0.001].map { [.number($0, decimals: 2)] }
  #expect(Table(["points"], rows: rows).text() == "points\n 10.63\n 10.64\n-10.63\n  0.00")
}

@Test func textsGiveWayToNumbersInANarrowTerminal() {
  let table = Table(
    [.init("name"), .init("count")],
    rows: [[.text(String(repeating: "long ", count: 20)), .integer(123_456_789)]])
  let lines = table.text(width: 40).split(separator: "\n")
  for line in lines { #expect(displayWidth(line) <= 40) }
  #expect(lines[1].hasSuffix("…  123456789"))
}

@Test func wideTableFallsIntoBlocksWithTheFirstColumn() {
  let table = Table(
    (0..<12).map { Table.Column("column \($0)") },
    rows: [(0..<12).map { .integer($0 * 1000) }])
  let text = table.text(width: 40)
  for line in text.split(separator: "\n") { #expect(displayWidth(line) <= 40) }
  #expect(text.split(separator: "column 0", omittingEmptySubsequences: false).count > 3)
  for column in 0..<12 { #expect(text.contains("column \(column)")) }
}

@Test func csvQuotesWhatNeedsQuotes() {
  #expect(
    classes.csv == """
      class,name,share_percent
      1,30 km/h,5.678
      13,"標識, ""wide""\",12.0
      14,stop,

      """)
}

@Test func countsHaveCommasForPeopleOnly() {
  let table = Table(["layer", "parameters"], rows: [["fc", .count(98_826)]])
  #expect(table.text(width: 80).contains("fc         98,826"))
  #expect(table.csv.contains("fc,98826") && table.json.contains("\"parameters\":98826"))
}

@Test func jsonKeepsKeysAndDigits() {
  #expect(
    classes.json
      == #"[{"class":1,"name":"30 km/h","share_percent":5.678},"#
      + #"{"class":13,"name":"標識, \"wide\"","share_percent":12.0},"#
      + #"{"class":14,"name":"stop","share_percent":null}]"#)
}

@Test func markdownEscapesBars() {
  let table = Table([.init("a|b"), .init("n")], rows: [["<x>|\ny", 5]])
  #expect(table.markdown == "| a\\|b | n |\n| :-- | --: |\n| \\<x\\>\\| y | 5 |\n")
}

/// A class name may come from a stranger's folder or archive.
@Test(arguments: [
  ("[x](javascript:alert(1))", #"\[x\](javascript:alert(1))"#),
  ("![](http://t/p.png)", #"\!\[\](http\://t/p.png)"#),
  ("see https://evil.example", #"see https\://evil.example"#),
  ("WWW.evil.example", #"WWW\.evil.example"#), ("<https://e>", #"\<https\://e\>"#),
  ("<img src=x>", #"\<img src=x\>"#), ("&#91;x&#93;(y)", ##"\&\#91;x\&\#93;(y)"##),
  ("`a` *b* __c__", #"\`a\` \*b\* \_\_c\_\_"#), ("Speed limit 20", "Speed limit 20"),
])
func markdownMakesNoLinkOfAName(name: String, shown: String) {
  let table = Table([.init("n")], rows: [[.text(name)]])
  #expect(table.markdown == "| n |\n| :-- |\n| \(shown) |\n")
}

@Test(arguments: [
  ("=HYPERLINK(\"http://e/\")", "\"'=HYPERLINK(\"\"http://e/\"\")\""), ("@SUM(1)", "'@SUM(1)"),
  ("+1+1", "'+1+1"), ("-2+3", "'-2+3"), ("-cmd", "'-cmd"), (" =1", "' =1"), ("\t=1", "'\t=1"),
  ("\u{7}x", "'\u{7}x"), ("＝1", "'＝1"), ("-", "'-"),
  // Numbers stay numbers, and other text what it is.
  ("-5", "-5"), ("+0.25", "+0.25"), ("-1e-5", "-1e-5"), ("1=1", "1=1"), ("a-b", "a-b"),
  ("Stop", "Stop"), ("", ""), ("-inf", "'-inf"),
  // To Swift, a carriage return and a line feed are one character.
  ("a\r\nb", "\"a\r\nb\""), ("a\nb", "\"a\nb\""),
])
func csvHoldsNoFormula(text: String, field: String) {
  let table = Table([.init("n")], rows: [[.text(text)]])
  #expect(table.csv == "n\n\(field)\n")
}

@Test func csvKeepsNegativeNumbers() {
  let table = Table(
    [.init("=a", key: "=a"), "b", "c"], rows: [[-5, .number(-0.5, decimals: 2), .missing]])
  #expect(table.csv == "'=a,b,c\n-5,-0.5,\n")
}

/// Where there is no number, people read a sign and programs nothing.
@Test(arguments: [Double.nan, .infinity, -.infinity])
func numberThatIsNoneIsMissing(number: Double) {
  let table = Table(["a", "b"], rows: [[.number(number, decimals: 2), .flag(false)]])
  #expect(table.text().split(separator: "\n").last?.split(separator: " ") == ["-", "off"])
  #expect(table.csv == "a,b\n,false\n")
  #expect(table.json == #"[{"a":null,"b":false}]"#)
}

@Test func controlsNeverReachTheTerminal() {
  let table = Table([.init("n\u{1B}[2J")], rows: [["a\u{7}\u{1B}]0;title\u{7}"]])
  #expect(!table.text().contains("\u{1B}") && !table.text().contains("\u{7}"))
}

@Test func emptyAndRaggedTablesAreFine() {
  #expect(Table([.init("a")]).text() == "a")
  #expect(Table([]).csv == "\n")
  #expect(Table([.init("a"), .init("b")], rows: [[1], [1, 2, 3]]).csv == "a,b\n1,\n1,2\n")
}

/// As `compare` prints for five tasks.
private let comparison = Table(
  ["run", "strategy"] + (1...5).map { .init("\($0)") }
    + [
      .init("average", short: "avg"), .init("forgetting", short: "forg."), .init("BWT"),
      .init("seconds", short: "s"),
    ],
  rows: [
    ["kd", "rehearsal-kd"]
      + [91.71, 80.25, 75.5, 71.25, 68.125, 77.4, 12.25, -10.5, 130.2].map {
        Table.Cell.number($0, decimals: 2)
      }
  ])

@Test(arguments: [
  (
    120,
    "run  strategy          1      2      3      4      5  average  forgetting     BWT  seconds",
    "kd   rehearsal-kd  91.71  80.25  75.50  71.25  68.13    77.40       12.25  -10.50   130.20"
  ),
  (
    80, "run  strategy         1     2     3     4     5   avg  forg.    BWT      s",
    "kd   rehearsal-kd  91.7  80.3  75.5  71.3  68.1  77.4   12.3  -10.5  130.2"
  ),
])
func wideTableGivesUpWordsAndDecimalsBeforeItFallsApart(width: Int, head: String, row: String) {
  #expect(comparison.text(width: width) == head + "\n" + row)
}

/// Two groups of seeds and a single run, of which one kept more than it tells.
private let groups = Table(
  [
    "run", .init("1", best: .highest, unit: "%", group: "accuracy after task"),
    .init("2", best: .highest, unit: "%", group: "accuracy after task"),
    .init("forgetting", best: .lowest, unit: "%"), "memory", "seconds",
  ],
  rows: [
    [
      "ft_a", spread(90, 92), spread(50, 70), .number(-3.5, decimals: 2), .count(26640),
      .number(1.5, decimals: 1),
    ],
    [
      "kd & [co]", spread(90, 92), spread(80, 81), .number(-4, decimals: 2), .starred(.count(10)),
      .number(1.5, decimals: 1),
    ],
    ["[one]", .number(91, decimals: 2), .missing, .number(9, decimals: 2), .missing, .missing],
  ])

private func spread(_ values: Double...) -> Table.Cell {
  Spread(values).map { .spread($0, decimals: 2) } ?? .missing
}

/// Equal figures are equally good, or none is the best; the times do not compete.
@Test func latexHasTheBestOfAColumnInBold() {
  let text = groups.latex(madeBy: "compare\n\\end", notes: ["* 5 % more"])
  #expect(
    text.split(separator: "\n").dropFirst(2).joined(separator: "\n") == #"""
      % bold: the best of a column; what chance does to it, 'compare test=' says
      % * 5 % more
      \begin{tabular}{@{}lrrrrr@{}}
      \toprule
       & \multicolumn{2}{c}{accuracy after task (\%)} &  &  &  \\
      \cmidrule(lr){2-3}
      run & \multicolumn{1}{c}{1} & \multicolumn{1}{c}{2} & forgetting (\%) $\downarrow$ & memory & seconds \\
      \midrule
      ft\_a & $91.00 \pm 1.41$ & $60.00 \pm 14.14$ & $-3.50$ & $26{,}640$ & $1.5$ \\
      kd \& [co] & $91.00 \pm 1.41$ & $\mathbf{80.50 \pm \phantom{0}0.71}$ & $\mathbf{-4.00}$ & $10^{*}$ & $1.5$ \\
      {}[one] & $91.00\phantom{{} \pm 0.00}$ & -- & $9.00$ & -- & -- \\
      \bottomrule
      \end{tabular}
      """#)
  #expect(text.hasPrefix("% compare \\end\n"))
}

@Test func latexWithACaptionFloats() {
  let frame = LaTeXFrame(caption: "50 % & more", label: "tab:{a}", isDocument: true)
  let text = classes.latex(madeBy: "classes", notes: ["a_b"], frame)
  #expect(text.contains("use lualatex or xelatex"))
  #expect(
    text.contains(
      #"""
      \begin{table}
      \centering
      \setlength{\belowcaptionskip}{6pt}
      \caption{50 \% \& more}
      \label{tab:a}
      \resizebox
      """#))
  #expect(text.contains(#"{\footnotesize a\_b\par}"#))
  #expect(text.hasSuffix("\\end{table}\n\\end{document}\n"))
  // What is wider than a line becomes as small as the page needs.
  let wide = Table(
    (0..<12).map { Table.Column("column \($0)") }, rows: [(0..<12).map { .integer($0) }])
  #expect(wide.latex(madeBy: "x").contains("packages: booktabs, graphicx"))
  #expect(wide.latex(madeBy: "x").contains("\\resizebox"))
  #expect(!classes.latex(madeBy: "x").contains("\\resizebox"))
  let many = Table(["n"], rows: (0..<60).map { [.integer($0)] })
  #expect(many.latex(madeBy: "x").contains("\\begin{longtable}{@{}r@{}}\n\\toprule"))
}
