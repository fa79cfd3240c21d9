import CommandLanguage
import Foundation
import Learning
import Metrics
import Sessions
import Shell
import Testing

/// Tables of one's own: what goes into them, out of them, and what is drawn of them.
struct OwnTableTests {
  private let folder: TestFolder
  private var shell: TestShell

  private static let rows = """
    table results columns=[strategy, memory, final]
    add results strategy=kd memory=50 final=(0.1 + 0.2)
    add results strategy=kd memory=50 final=0.5
    add results strategy=kd memory=200 final=0.7
    add results strategy=ft memory=50 final=0.2
    """

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(after: Self.rows)
  }

  private mutating func csv(_ command: String) throws -> [String] {
    try shell.run("\(command) > \(folder("out.csv"))")
    return try folder.text("out.csv").split(separator: "\n").map(String.init)
  }

  private mutating func table(_ name: String) throws -> ResultTable {
    guard case .table(let table)? = shell.context.session[name] else {
      throw CocoaError(.fileNoSuchFile)
    }
    return table
  }

  // MARK: Rows

  @Test mutating func filesHaveAllDigitsAndTheTypesOfTheValues() throws {
    #expect(
      try csv("results where strategy == kd and memory < 100")
        == ["strategy,memory,final", "kd,50,0.30000000000000004", "kd,50,0.5"])
    try shell.run("add results strategy=on memory=\"5\"; results > \(folder("out.json"))")
    let json = try folder.json("out.json")
    let last = try #require((json["rows"] as? [[String: Any]])?.last)
    #expect(last["strategy"] as? Bool == true)
    #expect(last["memory"] as? String == "5")
    #expect(last["final"] is NSNull)
    #expect((json["summary"] as? [String: Any])?["of"] as? Int == 5)
  }

  @Test(arguments: [
    ("add results fnial=1", "did you mean 'final'?"),
    ("let x = column(results, fnial)", "did you mean 'final'?"),
    ("let x = rows(results, memroy > 5)", "did you mean 'memory'?"),
    ("results where memroy > 5", "did you mean 'memory'?"),
    ("results sort=-mem0ry", "did you mean 'memory'?"),
    ("results columns=[final, strat]", "did you mean 'strategy'?"),
    ("plot results x=memry y=final", "did you mean 'memory'?"),
    ("plot resutls x=memory y=final", "did you mean 'plot results'?"),
    ("plot acuracy kd", "did you mean 'plot accuracy'?"),
    ("plot averge kd against=memory", "did you mean 'plot average'?"),
    ("table results columns=[a]; add results b=1", "the only column is a"),
  ])
  func mistakeIsFoundBeforeAnythingRuns(line: String, said: String) throws {
    let shell = try TestShell(after: Self.rows)
    let script = Script("print begun\n\(line)", name: "test")
    let errors = Registry.waymark.check(script, in: shell.context)
    #expect(errors.count == 1, "\(errors.map { $0.text() })")
    #expect(errors.first?.text().contains(said) == true, "\(errors.first?.text() ?? "")")
  }

  /// The same before the table is there.
  @Test func columnsOfTablesToComeAreKnown() throws {
    let shell = TestShell()
    func problems(_ text: String) -> [String] {
      Registry.waymark.check(Script(text, name: "test"), in: shell.context).map { $0.text() }
    }
    #expect(problems(Self.rows + "\nplot results x=memory y=final\nlet x = rows(results)").isEmpty)
    #expect(problems(Self.rows + "\nadd results fnial=1").count == 1)
    // A branch may have made either.
    let either = """
      table t columns=[a]
      if rows(t) > 0 { table t columns=[b] replace=on }
      add t a=1
      add t b=1
      """
    #expect(problems(either).isEmpty)
  }

  @Test mutating func wrongCellsAreRefusedAndChangeNothing() throws {
    let before = try shell.state
    for (line, said) in [
      ("add results final=[1, 2]", "'final' is given a list"),
      ("add results final=1..3", "'final' is given a range"),
      ("add results final=accuracy(kd)", "calculations stand in ( )"),
      ("add results", "nothing says what the row holds"),
      ("table more columns=[a, a]", "'a' stands twice"),
      ("table more columns=[\"a b\"]", "no column can be called 'a b'"),
      ("table results columns=[a]", "is a table of results already"),
      ("show results where final", "no condition follows 'where'"),
      ("plot results x=memory", "nothing says what is drawn"),
      ("plot results x=memory y=strategy", "holds more than numbers: 'kd'"),
      ("plot results x=strategy y=final kind=line", "kind=bars"),
      ("plot results x=memory y=final where memory > 900", "no row of 'results' meets"),
      ("plot results of=final x=memory", "leave out the one or the other"),
      ("plot results x=memory y=final bins=3", "'bins' is for a histogram"),
    ] {
      let problem = shell.error(of: line)?.text() ?? ""
      #expect(problem.contains(said), "\(line): \(problem)")
    }
    #expect(try shell.state == before)
  }

  @Test mutating func scriptOfASessionMakesTheSameTable() throws {
    try shell.run(
      """
      for n in [1..3] { add results strategy="a, b" memory=$n final=($n / 3) }
      drop results
      \(Self.rows)
      for n in [1..3] { add results strategy="a, b" memory=$n final=($n / 3) }
      save script \(folder("again.way"))
      """)
    var other = TestShell()
    try other.run(try folder.text("again.way"))
    #expect(try other.digest("results") == shell.digest("results"))
  }

  @Test mutating func hostileTextsStayTexts() throws {
    try shell.run(
      """
      table t columns=[name, n]
      add t name="=1+1" n=1
      add t name="<b>x</b>" n=2
      add t name="a\\u{1B}[31mb" n=3
      add t name="'\\n`touch ran`" n=4
      """)
    #expect(try csv("t where n == 1") == ["name,n", "'=1+1,1"])
    try shell.run("t > \(folder("t.html")); plot t x=name y=n > \(folder("t.gp"))")
    #expect(!(try folder.text("t.html").contains("<b>x")))
    for text in [try folder.text("t.html"), try folder.text("t.gp"), try shell.output(of: "t")] {
      #expect(!text.unicodeScalars.contains { $0.value == 0x1B })
    }
    #expect(try folder.text("t.gp").split(separator: "\n").allSatisfy { !$0.hasPrefix("`touch") })
  }

  // MARK: Figures

  @Test mutating func rowsOfOnePlaceAreAveraged() throws {
    let lines = try csv("plot results x=memory y=final by=strategy")
    let spread = try #require(Spread([0.1 + 0.2, 0.5]))
    let deviation = try #require(spread.standardDeviation)
    #expect(
      lines == [
        "strategy,memory,final,sd,n", "kd,50,\(spread.mean),\(deviation),2", "kd,200,0.7,,1",
        "ft,50,0.2,,1",
      ])
    let said = try shell.output(of: "plot results x=memory y=final")
    #expect(said.contains("means over n = 1–3 rows, error bars: the standard deviation"), "\(said)")
    #expect(
      try csv("plot results x=strategy y=final where memory == 50").dropFirst().map {
        String($0.prefix(2))
      } == ["kd", "ft"])
  }

  @Test mutating func errorBarsAndLabelsAreInThePicture() throws {
    func script(_ options: String) throws -> String {
      try shell.run("plot results x=memory y=final \(options) > \(folder("p.gp"))")
      return try folder.text("p.gp")
    }
    #expect(try script("").contains("final (mean of n = 1–3 ± sd)"))
    #expect(try script("error=se").contains("± se"))
    #expect(try script("error=none").contains("final (mean of n = 1–3)"))
    #expect(try script("kind=points where strategy == kd").contains("final by memory"))
  }

  @Test mutating func histogramCountsEveryRowOnce() throws {
    try shell.run("for n in [1..20] { add results strategy=er memory=1 final=($n / 7) }")
    let lines = try csv("plot results of=final bins=5")
    #expect(lines[0] == "from,to,rows")
    #expect(lines.count == 6)
    #expect(lines.dropFirst().compactMap { Int($0.split(separator: ",")[2]) }.reduce(0, +) == 24)
    #expect(try csv("plot results of=memory") == ["value,rows", "1,20", "50,3", "200,1"])
    #expect(
      try csv("plot results of=strategy by=memory where not strategy == er")
        == ["value,memory 50,memory 200", "ft,1,0", "kd,2,1"])
  }

  @Test func completionKnowsColumnsAndWhatMayBeDrawn() throws {
    let shell = try TestShell(after: Self.rows)
    func offered(_ text: String) -> [String] {
      Registry.waymark.complete(text, in: shell.context).candidates.map(\.text)
    }
    #expect(offered("plot results x=") == ["strategy", "memory", "final"])
    #expect(offered("plot results x=m") == ["memory"])
    #expect(offered("show results columns=[").contains("final"))
    #expect(Set(["accuracy", "results", "average", "table"]).isSubset(of: offered("plot ")))
    #expect(offered("show results wh") == ["where"])
    #expect(offered("add ").first == "results")
  }
}

/// Tables and figures of runs.
struct RunTableTests {
  private let folder: TestFolder
  private var shell: TestShell

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=6 size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool, flatten, dense(8), relu] size=16 as net
        run rehearsal-kd net on=T epochs=1 memory=8 seeds=2 as m8
        run rehearsal-kd net on=T epochs=1 memory=16 as m16
        run finetune net on=T epochs=1 as ft
        """)
  }

  @Test mutating func comparisonBecomesATableWithARowForEveryRun() throws {
    try shell.run("compare [m8, m16] as rows")
    guard case .table(let table)? = shell.context.session["rows"],
      case .run(let object)? = shell.context.session["m8-1"]
    else { throw CocoaError(.fileNoSuchFile) }
    #expect(
      table.columns == [
        "run", "strategy", "seed", "memory", "task_1", "task_2", "average", "final", "acc",
        "forgetting", "backward_transfer", "memory_exemplars", "seconds",
      ])
    #expect(table.column("run") == [.text("m8-0"), .text("m8-1"), .text("m16")])
    #expect(table.column("memory") == [.integer(8), .integer(8), .integer(16)])
    let metrics = object.run.metrics()
    #expect(table.column("average")?[1] == metrics.average.map { .init($0) })
    #expect(table.column("forgetting")?[1] == metrics.forgetting.map { .init($0) })
    #expect(shell.error(of: "compare as rows")?.text().contains("already") == true)
    try shell.run("compare replace=on as rows; expect final m16 is=(accuracy(m16))")
    // An option that only some strategies have.
    #expect(try shell.output(of: "print (rows(rows)) (column(rows, memory))") == "4 [8, 8, 16]\n")
  }

  @Test mutating func figureAgainstAnOptionHasMeansOverSeeds() throws {
    try shell.run("plot average [m8, m16] against=memory > \(folder("a.csv"))")
    let lines = try folder.text("a.csv").split(separator: "\n")
    let values = try ["m8-0", "m8-1"].map { name -> Double in
      guard case .run(let object)? = shell.context.session[name] else { return .nan }
      return try #require(object.run.metrics().average)
    }
    #expect(lines[0] == "memory,average,sd,n")
    #expect(lines[1].hasPrefix("8,\(try #require(Spread(values)).mean),"))
    #expect(lines[1].hasSuffix(",2"))
    #expect(lines[2].hasPrefix("16,"))
    try shell.run("plot final against=seed by=strategy > \(folder("b.csv"))")
    #expect(try folder.text("b.csv").hasPrefix("strategy,seed,final,sd,n\n"))
    let problem = shell.error(of: "plot final [m16] against=memroy")?.text() ?? ""
    #expect(problem.contains("did you mean 'memory'?"), "\(problem)")
    #expect(
      shell.error(of: "plot final against=memory")?.text().contains("'ft' has no option") == true)
  }

  @Test mutating func panelsAreThoseOfTheirCommands() throws {
    try shell.run("plot [accuracy, loss] [m8, m16] > \(folder("p.csv"))")
    let lines = try folder.text("p.csv").split(separator: "\n")
    #expect(lines[0].hasPrefix("panel,run,strategy,"))
    let panels = Set(lines.dropFirst().map { $0.split(separator: "\"")[0] })
    #expect(panels == ["plot accuracy [m8, m16]", "plot loss [m8-0, m8-1, m16]"])
    try shell.run("plot [matrix, confusion, accuracy, epochs] m16 > \(folder("p.gp"))")
    let script = try folder.text("p.gp")
    #expect(script.contains("Accuracy of m16"))
    #expect(script.contains("Gradient norm"))
    let problem = shell.error(of: "plot [accuracy, los] m16")?.text() ?? ""
    #expect(problem.contains("'los'"), "\(problem)")
  }
}
