import Datasets
import Foundation
import Learning
import Networks
import Testing
import Tracking

/// What stands in the files, read by other code: JSON by Foundation's, CSV and protocol buffers by a
/// few lines here.
struct FormTests {
  private let folder: ScratchFolder
  private let data: DataSet

  init() throws {
    folder = try ScratchFolder()
    var data = try SmallRun.data()
    data.transform.grayscale = false
    data.transform.randomCrop = true
    data.transform.normalization = .init(mean: [0.1, 0.2, 0.3], deviation: [0.5, 0.6, 0.7])
    data.transform.brightness = 0.25
    data.transform.contrast = 0.125
    data.transform.jitter = Jitter(rotation: 10, scale: 0.5, shift: 0.0625)
    data.transform.equalization = ContrastEqualization(tiles: 3, limit: 1.5)
    data.transform.flippedClasses = [2, 4]
    self.data = data
  }

  private func export(
    _ run: Run, _ form: Tracking.Target.Form, _ file: String, name: String = "kd"
  ) throws -> String {
    try Tracking.export(
      run, name: name, data: "signs", program: "waymark test", to: .init(form, path: folder(file)))
  }

  private func finished(_ strategy: String = "finetune") throws -> Run {
    var run = try SmallRun.run(strategy, on: data)
    run.advance(data, on: Device(threads: 1))
    return run
  }

  private func objects(_ file: String) throws -> [[String: Any]] {
    try folder.lines(file).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func configTellsHowTheRunWasMade() throws {
    let run = try finished()
    _ = try export(run, .jsonl, "runs.jsonl")
    let first = try #require(try objects("runs.jsonl").first)
    #expect(first["program"] as? String == "waymark test")
    #expect((first["log"] as? String)?.count == 8)
    let config = try #require(first["config"] as? [String: Any])
    let texts = [
      "strategy": "finetune", "data": "signs", "network": "small", "scenario": "class",
      "outputs": "so-far",
      "optimizer": "adam",
    ]
    for (key, value) in texts { #expect(config[key] as? String == value, "\(key)") }
    let numbers: [String: Double] = [
      "seed": 3, "num_tasks": 3, "classes_per_task": 2, "brightness": 0.25, "contrast": 0.125,
      "jitter_rotation": 10, "jitter_scale": 0.5, "jitter_shift": 0.0625, "clahe_tiles": 3,
      "clahe_limit": 1.5, "epochs": 2, "batch": 6, "lr": 0.001,
    ]
    for (key, value) in numbers { #expect(config[key] as? Double == value, "\(key)") }
    let flags = [
      "grayscale": false, "random_crop": true, "horizontal_flip": false, "normalized": true,
      "standardized": false, "jitter": true, "clahe": true,
    ]
    for (key, value) in flags { #expect(config[key] as? Bool == value, "\(key)") }
    #expect(config["tasks"] as? [[Int]] == [[4, 0], [3, 1], [2, 5]])
    #expect(config["flipped_classes"] as? [Int] == [2, 4])
    let mean = try #require(config["mean"] as? [Double])
    let deviation = try #require(config["deviation"] as? [Double])
    #expect(zip(mean, [0.1, 0.2, 0.3]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(zip(deviation, [0.5, 0.6, 0.7]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  /// Rows in between, and at the end the last value of every metric.
  @Test func linesOfJSONAreTheRows() throws {
    let run = try finished()
    let rows = RunFeed.replay(run).rows
    _ = try export(run, .jsonl, "runs.jsonl")
    let lines = try objects("runs.jsonl")
    for (line, row) in zip(lines.dropFirst(), rows) {
      #expect(line["step"] as? Int == row.step)
      #expect(line["task"] as? Int == row.task)
      #expect(line["epoch"] as? Int == row.epoch)
      #expect(line["run"] as? String == "kd")
      for scalar in row.scalars { expectClose(line[scalar.metric], scalar.value) }
    }
    let last = try #require(lines.last)
    #expect(last["finished"] as? Bool == true)
    let summary = try #require(last["summary"] as? [String: Double])
    var expected: [String: Double] = [:]
    for scalar in rows.flatMap(\.scalars) { expected[scalar.metric] = scalar.value }
    #expect(summary.keys.sorted() == expected.keys.sorted())
    for (metric, value) in expected { expectClose(summary[metric], value) }
  }

  @Test func linesOfCSVAreTheRows() throws {
    let run = try finished()
    _ = try export(run, .csv, "runs.csv")
    let lines = try folder.lines("runs.csv")
    #expect(lines[0] == "log,run,step,task,epoch,metric,value")
    let expected = RunFeed.replay(run).rows.flatMap { row in
      row.scalars.map {
        "kd,\(row.step),\(row.task),\(row.epoch.map(String.init) ?? ""),\($0.metric),\($0.value)"
      }
    }
    #expect(lines.dropFirst().map { String($0.dropFirst(9)) } == expected)
  }

  /// A name may have whatever CSV and JSON write in another way.
  @Test func namesAreQuoted() throws {
    let name = "a\"b\\c,\u{1}\u{7F}"
    let run = try finished()
    _ = try export(run, .jsonl, "runs.jsonl", name: name)
    _ = try export(run, .csv, "runs.csv", name: name)
    #expect(try objects("runs.jsonl").allSatisfy { $0["run"] as? String == name })
    let text = try String(contentsOfFile: folder("runs.jsonl"), encoding: .utf8)
    #expect(!text.contains("\u{1}") && !text.contains("\u{7F}"))
    #expect(text.contains(#""a\"b\\c,\u0001\u007f""#))
    let line = try folder.lines("runs.csv")[1]
    #expect(line.dropFirst(9).hasPrefix("\"a\"\"b\\c,\u{1}\u{7F}\",1,1,1,"))
  }

  @Test func aRunThatIsNotFinishedSaysSo() throws {
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1), to: .more(1, .task))
    _ = try export(run, .jsonl, "runs.jsonl")
    #expect(try objects("runs.jsonl").last?["finished"] as? Bool == false)
    let exit = try #require(
      try records(export(run, .wandb(project: "p", name: nil), "wandb")).last?.messages(18).first)
    #expect(exit.integer(1) == 255)
  }

  @Test func recordsOfWandBHoldTheRun() throws {
    let run = try finished()
    let rows = RunFeed.replay(run).rows
    let path = try export(run, .wandb(project: "signs", name: "shown"), "wandb")
    let records = try records(path)
    // Records are numbered from 1.
    #expect(records.map { $0.integer(1) } == Array(1...records.count))
    let about = try #require(try records.flatMap { try $0.messages(17) }.first)
    #expect(about.texts(3) == ["signs"])
    #expect(about.texts(8) == ["shown"])
    let config = try #require(try about.messages(4).first)
    let items = try config.messages(1).map { ($0.texts(1)[0], $0.texts(16)[0]) }
    let values = Dictionary(uniqueKeysWithValues: items)
    #expect(values["strategy"] == "\"finetune\"")
    #expect(values["num_tasks"] == "3")

    // Accuracies stand over the task, and are defined for every task.
    let metrics = try records.flatMap { try $0.messages(12) }
    let axes = Dictionary(uniqueKeysWithValues: metrics.map { ($0.texts(1)[0], $0) })
    #expect(axes.keys.contains("accuracy/task_3") && !axes.keys.contains("accuracy/task_4"))
    for (name, metric) in axes where name != "task" {
      #expect(metric.texts(4) == ["task"], "\(name)")
      #expect(try metric.messages(6).map { $0.integer(1) } == [1], "\(name)")
    }
    #expect(axes["task"]?.texts(4).isEmpty == true)
    #expect(axes.count == 9)
    let files = try #require(try records.flatMap { try $0.messages(6) }.first)
    #expect(try files.messages(1).map { $0.integer(2) } == [1, 1, 1, 1])

    // The rows, numbered from 0; task and epoch are named where it is not a batch's.
    let history = try records.flatMap { try $0.messages(2) }
    #expect(try history.map { try $0.messages(2)[0].integer(1) } == Array(0..<rows.count))
    for (record, row) in zip(history, rows) {
      let items = try record.messages(1).map { ($0.texts(2)[0], $0.texts(16)[0]) }
      var values = Dictionary(uniqueKeysWithValues: items)
      for scalar in row.scalars {
        #expect(values.removeValue(forKey: scalar.metric) == "\(scalar.value)")
      }
      #expect(values.removeValue(forKey: "_step") == "\(record.stepNumber)")
      #expect(try #require(values.removeValue(forKey: "_timestamp").flatMap(Double.init)) > 1e9)
      let runtime = try #require(values.removeValue(forKey: "_runtime").flatMap(Double.init))
      #expect((0..<60).contains(runtime))
      var expected: [String: String] = [:]
      if row.rate != .batch {
        expected["task"] = "\(row.task)"
        expected["epoch"] = row.epoch.map { "\($0)" }
      }
      #expect(values == expected)
    }
    let exit = try #require(try records.last?.messages(18).first)
    #expect(exit.integer(1) == 0)
    #expect((0..<60).contains(exit.integer(2)))
    // The last of the summaries, in the records and beside them.
    let summary = try #require(try records.flatMap { try $0.messages(3) }.last)
    let last = try summary.messages(1).map { ($0.texts(2)[0], $0.texts(16)[0]) }
    let beside = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: path + "/files/wandb-summary.json")))
        as? [String: Double])
    for (metric, text) in last { expectClose(beside[metric], try #require(Double(text))) }
    #expect(last.count == beside.count && last.count > 6)
    // A link that holds wherever the folder is moved.
    let link = folder("wandb/latest-run")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: link)
        == (path as NSString).lastPathComponent)
  }

  /// The first task says how many classes a task has.
  @Test func classesPerTaskAreThoseOfTheFirst() throws {
    let run = try SmallRun.run("finetune", on: data, tasks: [[4, 0], [3]])
    _ = try export(run, .jsonl, "runs.jsonl")
    let config = try #require(try objects("runs.jsonl").first?["config"] as? [String: Any])
    #expect(config["classes_per_task"] as? Int == 2 && config["num_tasks"] as? Int == 2)
  }

  /// JSON has no numbers that are not finite; W&B reads what Python writes for them.
  @Test func optionsThatAreNotFiniteAreWrittenAsTheReaderKnowsThem() throws {
    var data = data
    data.transform.brightness = .nan
    data.transform.contrast = .infinity
    data.transform.jitter = Jitter(rotation: -.infinity, scale: 0.5, shift: 0.0625)
    let run = try SmallRun.run("finetune", on: data)
    _ = try export(run, .jsonl, "runs.jsonl")
    let config = try #require(try objects("runs.jsonl").first?["config"] as? [String: Any])
    let path = try export(run, .wandb(project: "p", name: nil), "wandb")
    let about = try #require(try records(path).flatMap { try $0.messages(17) }.first)
    let items = try about.messages(4)[0].messages(1).map { ($0.texts(1)[0], $0.texts(16)[0]) }
    let values = Dictionary(uniqueKeysWithValues: items)
    let file = try String(contentsOfFile: path + "/files/config.yaml", encoding: .utf8)
    for (key, text) in [
      ("brightness", "NaN"), ("contrast", "Infinity"), ("jitter_rotation", "-Infinity"),
    ] {
      #expect(config[key] is NSNull, "\(key)")
      #expect(values[key] == text)
      #expect(file.contains("\"\(key)\":\n  value: null\n"))
    }
  }

  /// Of images that are divided by nothing there is no loss.
  @Test func lossThatIsNotFiniteIsNull() throws {
    var data = data
    data.transform.normalization = .init(mean: [0, 0, 0], deviation: [0, 0, 0])
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1), to: .more(1, .task))
    _ = try export(run, .jsonl, "runs.jsonl")
    let lines = try objects("runs.jsonl")
    #expect(lines[1]["train/train_loss"] is NSNull)
    let summary = try #require(lines.last?["summary"] as? [String: Any])
    #expect(summary["train/train_loss"] is NSNull)
    #expect(summary["incremental_accuracy"] is Double)
  }

  @Test func exitTellsForHowLongTheRunWasLogged() async throws {
    let run = try SmallRun.run("finetune", on: data)
    var tracking = Tracking(program: "waymark test")
    try tracking.add(.init(.wandb(project: "p", name: nil), path: folder("wandb")))
    let start = ContinuousClock.now
    #expect(tracking.begin("kd", run, data: "signs").isEmpty)
    // Whole seconds are counted.
    try await Task.sleep(for: .milliseconds(1050))
    tracking.stop()
    // On a busy machine more time goes by; the log's clock is another one.
    let most = (ContinuousClock.now - start).components.seconds + 1
    let path = folder(try folder.only("offline-run-", in: "wandb"))
    let exit = try #require(try records(path).last?.messages(18).first)
    #expect((1...Int(most)).contains(exit.integer(2)))
  }

  /// Foundation reads a number of JSON up to its last digit.
  private func expectClose(_ found: Any?, _ expected: Double) {
    guard let found = found as? Double else {
      Issue.record("no number where \(expected) should be")
      return
    }
    #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)))
  }

  /// The records of the only log in a folder.
  private func records(_ path: String) throws -> [MessageFields] {
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    let name = try #require(names.first { $0.hasSuffix(".wandb") })
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
    return try RecordReader.records(Array(bytes)).map { try MessageFields($0) }
  }
}

extension MessageFields {
  /// Of a record of the history.
  fileprivate var stepNumber: Int { (try? messages(2).first?.integer(1)) ?? -1 }
}
