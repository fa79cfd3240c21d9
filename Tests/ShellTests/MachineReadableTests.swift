import CommandLanguage
import Foundation
import Shell
import Testing

/// The forms that other programs read.
struct MachineReadableTests {
  static let preparation = """
    set seed=3
    load synthetic classes=4 per-class=10 test-per-class=6 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net
    run finetune net on=T epochs=1 as ft
    run rehearsal-kd net on=T epochs=1 memory=8 as kd
    """

  private let folder: TestFolder
  private var shell: TestShell

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(after: Self.preparation)
  }

  private mutating func json(_ command: String) throws -> [String: Any] {
    try shell.run("\(command) > \(folder("out.json"))")
    return try folder.json("out.json")
  }

  private mutating func csv(_ command: String) throws -> [[String]] {
    try shell.run("\(command) > \(folder("out.csv"))")
    let text = try folder.text("out.csv")
    #expect(text.hasSuffix("\n"))
    return text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  private static let runKeys = [
    "acc", "average", "backward_transfer", "by_task", "by_task_accuracy", "by_task_macro",
    "by_task_masked", "classes_seen", "exemplars", "figures", "final", "finished", "forgetting",
    "forward_transfer", "heads", "memory_bytes", "memory_exemplars", "name", "options", "outputs",
    "scenario", "seconds", "seed", "strategy",
  ]

  @Test(arguments: [
    ("accuracy", "by_task_accuracy"), ("macro", "by_task_macro"), ("task-masked", "by_task_masked"),
  ])
  mutating func comparisonAsJSON(metric: String, key: String) throws {
    let record = try json("compare [ft, kd] metric=\(metric)")
    #expect(record.keys.sorted() == ["groups", "metric", "runs", "unit"])
    #expect(record["metric"] as? String == metric)
    #expect(record["unit"] as? String == "percent")
    let runs = try #require(record["runs"] as? [[String: Any]])
    #expect(runs.map { $0["name"] as? String } == ["ft", "kd"])
    #expect(runs.map { $0["strategy"] as? String } == ["finetune", "rehearsal-kd"])
    for run in runs {
      #expect(run.keys.sorted() == Self.runKeys)
      #expect(run["seed"] as? Int == 3)
      #expect(run["classes_seen"] as? [Int] == [2, 4])
      #expect(run["finished"] as? Bool == true)
      let values = try #require(run[key] as? [Double])
      #expect(values.count == 2 && values.allSatisfy { (0...100).contains($0) })
      #expect(run["by_task"] as? [Double] == values)
      let average = try #require(run["average"] as? Double)
      #expect(abs(average - (values[0] + values[1]) / 2) < 1e-9)
      #expect(run["final"] as? Double == values[1])
      #expect(run["forgetting"] is Double && run["backward_transfer"] is Double)
    }
  }

  @Test mutating func figuresThatAreNotThereYetAreNull() throws {
    try shell.run("begin finetune net on=T epochs=1 as new")
    let record = try json("status new")
    #expect(record.keys.sorted() == Self.runKeys)
    for key in ["average", "final", "forgetting", "backward_transfer"] {
      #expect(record[key] is NSNull)
    }
    #expect(record["by_task"] as? [Double] == [])
  }

  @Test mutating func comparisonAsCSV() throws {
    let rows = try csv("compare [ft, kd]")
    #expect(
      rows[0].joined(separator: ",")
        == "run,strategy,seed,task,classes_seen,accuracy,accuracy_macro,accuracy_task_masked,"
        + "accuracy_linear,accuracy_nearest_mean,acc,stands_at")
    #expect(
      rows.dropFirst().map { $0.prefix(5).joined(separator: " ") } == [
        "ft finetune 3 1 2", "ft finetune 3 2 4", "kd rehearsal-kd 3 1 2", "kd rehearsal-kd 3 2 4",
      ])
    let record = try json("compare [ft, kd]")
    let runs = try #require(record["runs"] as? [[String: Any]])
    let accuracies = runs.flatMap { $0["by_task"] as? [Double] ?? [] }
    #expect(rows.dropFirst().map { Double($0[5]) } == accuracies)
  }

  @Test mutating func matrixAsCSV() throws {
    let rows = try csv("matrix kd")
    #expect(rows.map(\.count) == [3, 3, 3])
    #expect(rows[0] == ["after_task", "task_1", "task_2"])
    #expect(rows[1][0] == "1" && rows[2][0] == "2")
    #expect(rows[1][2] == "")
    #expect([rows[1][1], rows[2][1], rows[2][2]].allSatisfy { Double($0) != nil })
  }

  @Test mutating func matrixAsJSON() throws {
    let record = try json("matrix kd")
    #expect(
      record.keys.sorted() == ["acc", "backward_transfer", "figures", "forgetting", "rows", "run"])
    #expect((record["rows"] as? [[Double]])?.map(\.count) == [1, 2])
  }

  @Test mutating func classesAsCSV() throws {
    let rows = try csv("classes signs")
    #expect(rows[0] == ["class", "name", "train", "test"])
    #expect(rows.dropFirst().map { $0[0] } == ["0", "1", "2", "3"])
    #expect(rows.dropFirst().reduce(0) { $0 + (Int($1[2]) ?? 0) } == 40)
  }

  @Test mutating func confusionAsCSV() throws {
    let rows = try csv("confusion kd")
    #expect(rows[0] == ["class", "0", "1", "2", "3"])
    #expect(rows.dropFirst().map { $0[0] } == ["0", "1", "2", "3"])
    #expect(rows.dropFirst().joined().allSatisfy { Int($0) != nil })
  }

  @Test mutating func summaryAsJSON() throws {
    try shell.run("define model simplecnn as cnn")
    let record = try json("summary cnn")
    #expect(
      record.keys.sorted() == [
        "batch", "input_bytes", "layers", "multiply_adds", "network", "parameter_bytes",
        "parameters", "pass_bytes", "total_bytes",
      ])
    #expect(record["parameters"] as? Int == 98_826)
    let layers = try #require(record["layers"] as? [[String: Any]])
    #expect(layers.map { $0["name"] as? String } == ["conv1", "conv2", "conv3", "fc"])
    for layer in layers {
      #expect(
        layer.keys.sorted() == ["kind", "multiply_adds", "name", "output_shape", "parameters"])
    }
    #expect(layers[0]["output_shape"] as? [Int] == [64, 32, 32, 32])
    #expect(
      layers.reduce(0) { $0 + ($1["parameters"] as? Int ?? 0) } == record["parameters"] as? Int)
  }

  @Test mutating func statusAsJSON() throws {
    let record = try json("status")
    #expect(
      record.keys.sorted() == [
        "blas", "gnuplot", "kernels", "objects", "seed", "threads", "vector_bits", "version",
      ])
    #expect(record["version"] as? String == Program.version)
    #expect(record["seed"] as? Int == 3)
    #expect(record["threads"] as? Int == 1)
    let objects = try #require(record["objects"] as? [[String: Any]])
    #expect(objects.map { $0["name"] as? String } == ["signs", "T", "net", "ft", "kd"])
    #expect(objects.map { $0["kind"] as? String } == ["data", "tasks", "net", "run", "run"])
  }

  @Test(arguments: ["json", "csv", "md", "txt"])
  mutating func endingAndFormatSayTheSame(form: String) throws {
    try shell.run("classes signs > \(folder("a.\(form)"))")
    try shell.run("classes signs format=\(form) > \(folder("b"))")
    #expect(try folder.text("a.\(form)") == folder.text("b"))
    if form != "txt" {
      #expect(try shell.output(of: "classes signs format=\(form)") == folder.text("b"))
    }
  }

  @Test func everyCommandPrintsOneObjectALine() throws {
    var json = TestShell { $0.printsJSON = true }
    let commands = """
      \(Self.preparation)
      classes signs
      summary net
      strategies
      status
      status ft
      compare
      matrix kd
      confusion kd
      objects
      digest net
      evaluate net on=T.1
      T
      show memory kd
      plot accuracy
      show batch signs n=2
      get
      history 2
      help run
      about
      print "a \\"quoted\\" word"
      classes signs > \(folder("out.csv"))
      time digest net
      """
    for line in commands.split(separator: "\n") {
      let text = try json.output(of: String(line))
      #expect(text.hasSuffix("}\n"), "\(line)")
      #expect(text.dropLast().contains("\n") == false, "\(line)")
      #expect(try object(text).isEmpty == false, "\(line)")
    }
  }
}
