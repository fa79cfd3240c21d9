import CommandLanguage
import Foundation
import Shell
import Testing

/// `confusion` and `plot confusion`: chosen classes, orders, blocks of tasks, differences.
struct ConfusionTests {
  private var shell: TestShell
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(
      after: """
        load synthetic classes=6 per-class=16 test-per-class=4 balanced=on size=16 as signs
        tasks signs size=2 order=[5, 1, 0, 3, 2, 4] as T
        define model layers=[conv(4,3), relu, pool] size=16 outputs=2 as net
        run finetune net on=T epochs=1 batch=8 as ft
        begin rehearsal-kd net on=T epochs=1 batch=8 memory=12 as kd
        step kd 2
        """)
  }

  @Test mutating func chosenClassesKeepWhatWasTakenForOthers() throws {
    let whole = try shell.json(of: "confusion ft")
    let classes = try #require(whole["classes"] as? [Int])
    let counts = try #require(whole["counts"] as? [[Int]])
    #expect(classes == [5, 1, 0, 3, 2, 4])
    let part = try shell.json(of: "confusion ft classes=[0..1, 'Speed limit (80km/h)'] sort=class")
    #expect(part["classes"] as? [Int] == [0, 1, 5])
    let rows = try #require(part["counts"] as? [[Int]])
    #expect(rows.map { $0.reduce(0, +) } == [4, 4, 4])
    #expect(rows[1][1] == counts[1][1])
    let csv = try shell.output(of: "confusion ft classes=[0, 1] by=share sort=class format=csv")
    let lines = csv.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(lines[0].prefix(3) == ["class", "0", "1"])
    for line in lines.dropFirst() {
      #expect(abs(line.dropFirst().compactMap { Double($0) }.reduce(0, +) - 100) < 0.1)
    }
  }

  /// The image of every mistake is one that `predict` answers just so.
  @Test mutating func examplesAreMistakesOfThisKind() throws {
    for name in ["ft", "kd@1"] {
      let mistakes = try #require(
        try shell.json(of: "confusion \(name)")["mistakes"] as? [[String: Any]])
      #expect(!mistakes.isEmpty || name == "kd@1")
      for mistake in mistakes {
        let image = try #require(mistake["image"] as? Int)
        let rows = try #require(
          try shell.json(of: "predict \(name) signs \(image)")["rows"] as? [[String: Any]])
        #expect(rows.first?["class"] as? Int == mistake["answered"] as? Int)
        let shown = try shell.output(of: "show image signs \(image) split=test")
        #expect(shown.contains("class \(mistake["true"] as? Int ?? -1),"), "\(shown)")
      }
    }
  }

  @Test mutating func blocksTellWhichTaskIsAnswered() throws {
    let text = try shell.output(of: "confusion ft sort=task top=1")
    #expect(text.contains("images of") && text.contains("task 3"), "\(text)")
    let record = try shell.json(of: "confusion ft sort=task")
    let blocks = try #require(record["task_blocks"] as? [[Double]])
    #expect(record["tasks"] as? [[Int]] == [[5, 1], [0, 3], [2, 4]])
    #expect(blocks.count == 3 && blocks.allSatisfy { abs($0.reduce(0, +) - 100) < 1e-9 })
    try shell.run("plot confusion ft sort=task > \(folder("a.gp"))")
    #expect(try folder.text("a.gp").contains("Answered with a class of which task, %"))
    #expect(try folder.text("a.gp").contains("$breaks"))
    try shell.run("plot confusion ft sort=similar > \(folder("b.gp"))")
    #expect(!(try folder.text("b.gp").contains("$breaks")))
  }

  @Test mutating func namesStandAtBothAxesOrAtNone() throws {
    func labels(_ options: String) throws -> [Bool] {
      try shell.run("plot confusion ft \(options) > \(folder("a.gp"))")
      let lines = try folder.text("a.gp").split(separator: "\n")
      return ["set xtics", "set ytics"].map { axis in
        lines.contains { $0.hasPrefix(axis) && $0.contains("0 Speed limit") }
      }
    }
    #expect(try labels("") == [false, true])
    #expect(try labels("names=on") == [true, true])
    #expect(try labels("names=off") == [false, false])
    #expect(try folder.text("a.gp").contains("'task 2' at first 2.5, graph 1 center"))
  }

  @Test mutating func differenceIsOfTheSameClasses() throws {
    let record = try shell.json(of: "confusion ft minus=kd by=count")
    // kd has learned two of the three tasks.
    let classes = try #require(record["classes"] as? [Int])
    #expect(classes == [5, 1, 0, 3])
    let (own, other) = (
      try #require(record["counts"] as? [[Int]]), try #require(record["minus_counts"] as? [[Int]])
    )
    let differences = try #require(record["differences"] as? [[Double]])
    for row in classes.indices {
      for column in classes.indices {
        #expect(differences[row][column] == Double(own[row][column] - other[row][column]))
      }
    }
    let text = try shell.output(of: "confusion ft minus=kd")
    #expect(
      text.contains("classes 2 and 4 left out: only one of the two has learned them"), "\(text)")
    #expect(text.contains("minus kd, test after task 2"))
    try shell.run("plot confusion ft minus=kd > \(folder("a.gp"))")
    #expect(try folder.text("a.gp").contains("Confusion of ft after task 3 minus kd after task 2"))
  }

  @Test mutating func momentIsToldAndTheOtherOneNamed() throws {
    try shell.run("step kd 2 unit=batch")
    let then = try shell.output(of: "confusion kd")
    #expect(then.hasPrefix("kd, test after task 2: "), "\(then)")
    #expect(then.contains("'confusion kd on=T' tests it as it is now"), "\(then)")
    let now = try shell.output(of: "confusion kd on=T")
    #expect(now.hasPrefix("kd as it is now, on T: "), "\(now)")
    #expect(now.contains("'confusion kd' shows the test after task 2"), "\(now)")
    let report = try shell.output(of: "report kd")
    #expect(report.contains("'confusion kd' shows the test after task 2"), "\(report)")
    #expect(!(try shell.output(of: "report ft").contains("as it is now")))
    // Of a part of the images the columns are all classes.
    let record = try shell.json(of: "confusion kd on=T.1")
    #expect(record["classes"] as? [Int] == [5, 1])
    #expect(record["columns"] as? [Int] == [5, 1, 0, 3, 2, 4])
  }

  /// A run that is looked at goes on as one that is not.
  @Test mutating func lookingChangesNoBit() throws {
    let before = try shell.digest("kd")
    var other = shell
    try shell.run(
      """
      confusion kd sort=task; confusion kd on=T.1; confusion kd minus=ft
      plot confusion kd sort=similar > \(folder("a.gp"))
      """)
    #expect(try shell.digest("kd") == before)
    try shell.run("continue kd")
    try other.run("continue kd")
    #expect(try shell.digest("kd") == other.digest("kd"))
  }
}
