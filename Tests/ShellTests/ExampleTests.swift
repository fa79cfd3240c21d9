import CommandLanguage
import Foundation
import Shell
import Testing

/// Every example of every help page is carried out by the program, in a folder and a session made
/// for it, and prints what the help says.
///
/// With `WAYMARK_WRITE_EXPECTED=1` the help's texts are written anew, to be read over.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct ExampleTests {
  /// The objects and files that examples name.
  private static let preparation = """
    load synthetic per-class=5 test-per-class=2 balanced=on size=16 seed=1 as signs
    load synthetic classes=3 per-class=4 test-per-class=2 size=16 seed=2 as few
    load folder old as lost
    tasks signs size=8 count=5 as T
    define model simplecnn size=16 as net
    define model dercnn size=16 as dernet
    run finetune net on=T epochs=1 as ft
    begin rehearsal-kd net on=T epochs=1 memory=80 as kd
    continue kd until=2
    """

  /// Examples that cannot run here, and why.
  private static let elsewhere: [String: String] = [
    "download gtsrb to=~/gtsrb": "needs the network; DownloadTests use a server of their own",
    "shell 'ls -l'": "needs a person at a terminal; PromptTests have one",
    "load idx mnist as digits": "needs MNIST's files",
    "load idx mnist permutations=5 as permuted": "needs MNIST's files",
    "load cifar cifar-10-batches-bin as cifar": "needs CIFAR's files",
    "load npz signs.npz as signs": "needs a file of NumPy",
    "import weights.pth as net2": "needs a file of PyTorch",
    "import weights.pth like=net as net2": "needs a file of PyTorch",
    "goto kd@4": "needs a run that is further on",
    "restore autosave": "needs a session that broke off; NeverLostTests make one",
    "drop autosave": "needs a session that broke off; NeverLostTests make one",
    "split signs share=20% as dev": "needs several tracks of a class; HoldOutTests have them",
    "search rehearsal-kd net on=T lr=[0.001, 0.003] memory=[100, 200]":
      "needs several tracks of a class; ExperimentTests have them",
    "merge jobs": "needs sessions of several jobs",
    "merge a.waymark b.waymark": "needs sessions of several jobs",
    "replay lesson.way": "needs a script without variables",
    "replay lesson.way verify=day1.waymark": "needs a script without variables",
    "expect accuracy kd above=50 below=100": "needs runs that have learned something",
    "expect accuracy kd over=ft by=10": "needs runs that have learned something",
    "tour": "needs an empty session, and a person",
    "tour stop": "needs an empty session, and a person",
    "tour again": "needs an empty session, and a person",
    "tour from=5": "needs an empty session, and a person",
    "lessons": "needs the lessons' files",
    "lesson 1": "needs the lessons' files",
    "lesson stop": "needs the lessons' files",
    "lesson sessions/notebook.way": "needs the lessons' files",
  ]

  /// What has to happen first.
  private static let before = ["restore session day1.waymark only=[kd]": "drop kd"]

  private static let examples: [String] = {
    var seen: Set<String> = []
    return Registry.waymark.commands.flatMap { $0.examples.map(\.line) }.filter {
      elsewhere[$0] == nil && seen.insert($0).inserted
    }
  }()

  @Test func everyExamplePrintsWhatTheHelpSays() throws {
    let folder = try TestFolder()
    try Self.furnish(folder)
    let prepared = try Waymark.run(
      ["--quiet", "-c", Self.preparation + "\nsave session day1.waymark"], in: folder, work: "work")
    try #require(prepared.exit == 0, "\(prepared.messages)")
    try FileManager.default.moveItem(atPath: folder("work/old"), toPath: folder("photos"))
    var printed: [String: [String]] = [:]
    for example in Self.examples {
      let result = try Waymark.run(
        ["--session", "day1.waymark", "-c", Self.script(of: example)], in: folder, work: "work")
      #expect(result.exit == 0, "\(example): \(result.messages)")
      let output = result.output.components(separatedBy: "\u{2E3A}\n").last ?? ""
      printed[example] = Self.excerpt(output.replacing(folder.path, with: "~"))
    }
    if ProcessInfo.processInfo.environment["WAYMARK_WRITE_EXPECTED"] == "1" {
      return try Self.write(printed)
    }
    for example in Self.examples {
      // Where the help says nothing, it is enough that the example can be carried out.
      guard let expected = Registry.waymark.prints(of: example) else { continue }
      #expect(
        printed[example].map { Self.masked($0, of: example) } == Self.masked(expected, of: example),
        "\(example)")
    }
  }

  @Test func exceptionsAreExamples() {
    let lines = Set(Registry.waymark.commands.flatMap { $0.examples.map(\.line) })
    for line in Self.elsewhere.keys { #expect(lines.contains(line)) }
  }

  // MARK: Preparing

  /// Makes room for an example's result, and marks where its output begins.
  private static func script(of example: String) -> String {
    var lines = [before[example]].compactMap(\.self)
    if case .command(let command)? = Script(example, name: "example").statements.first,
      let name = command.resultName
    {
      lines.append("if exists \(name) { drop \(name) }")
    }
    lines.append("print \u{2E3A}")
    return (lines + [example]).joined(separator: "\n")
  }

  private static func furnish(_ folder: TestFolder) throws {
    func pixmap(_ gray: Int) -> [UInt8] {
      Array("P6\n16 16\n255\n".utf8)
        + (0..<16 * 16 * 3).map { UInt8((gray * 50 + $0) % 256) }
    }
    for label in 0..<3 {
      for number in 0..<4 {
        for place in ["mine", "work/old"] {
          try folder.write(pixmap(label), to: "\(place)/class\(label)/\(number).ppm")
        }
        let image = "0000\(number)_00000.ppm"
        try folder.write(pixmap(label), to: "gtsrb/GTSRB/Training/0000\(label)/\(image)")
      }
      try folder.write(
        pixmap(label), to: "gtsrb/GTSRB/Final_Test/Images/0000\(label).ppm")
    }
    let rows = (0..<3).map { "0000\($0).ppm;16;16;1;1;14;14;\($0)\n" }
    try folder.write(
      ("Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\n" + rows.joined()).utf8,
      to: "gtsrb/GTSRB/GT-final_test.csv")
    try folder.write("print \"$epochs epochs\"\n".utf8, to: "work/lesson.way")
  }

  // MARK: What is printed

  /// The lines that help has room for.
  private static let excerptLimit = 8

  private static func excerpt(_ output: String) -> [String] {
    var lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    guard lines.count > excerptLimit else { return lines }
    return Array(lines.prefix(excerptLimit - 1)) + ["…"]
  }

  /// Examples whose rows are mistakes of a network: they differ with the processor's arithmetic.
  private static let mistakes: Set = [
    "confusion kd top=5", "evaluate net on=T.1", "time evaluate net on=T.1",
  ]

  /// Without what differs from machine to machine: times, digests, the last digits of figures.
  private static func masked(_ lines: [String], of example: String) -> [String] {
    lines.map { line in
      if mistakes.contains(example), line.hasPrefix(" ") { return "row" }
      var text = line
      text.replace(#/[0-9a-f]{64}/#, with: "digest")
      text.replace(#/\d+\.\d+/#, with: "#")
      text.replace(#/\d{4}-\d\d-\d\d \d\d:\d\d/#, with: "time")
      text.replace(#/offline-run-\w+-\w+/#, with: "offline-run")
      text.replace(#/^(?:kernels|BLAS|gnuplot|threads|version)  .*/#, with: "machine")
      // A folder's path, cut where the table ends.
      text.replace(#/there is no .*/#, with: "missing")
      if mistakes.contains(example) { text.replace(#/\d+/#, with: "#") }
      return text.replacing(#/ +/#, with: " ")
    }
  }

  private static func write(_ printed: [String: [String]]) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Shell/Commands/Help/ExamplePrints.swift").standardized
    let entries = printed.sorted { $0.key < $1.key }.map { line, lines in
      "    \(line.debugDescription): [\n"
        + lines.map { "      \($0.debugDescription),\n" }.joined() + "    ],\n"
    }
    try """
    // Written by ExampleTests with WAYMARK_WRITE_EXPECTED=1.
    // Its lines are as long as what is printed.
    // swift-format-ignore-file

    /// The first lines that each example of a help page prints, on a small session.
    enum ExamplePrints {
      static let lines: [String: [String]] = [
    \(entries.joined())  ]
    }

    """.write(to: file, atomically: true, encoding: .utf8)
  }
}
