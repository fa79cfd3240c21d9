import CommandLanguage
import Foundation
import Shell
import Testing

/// A folder and a session in which examples are carried out, each in a process of its own.
struct ExampleScene: Sendable {
  /// The script that makes the session; it runs in the folder `work`.
  var preparation: String
  /// Makes the files that examples name, before and after the script.
  var furnish: @Sendable (TestFolder) throws -> Void = { _ in }
  var finish: @Sendable (TestFolder) throws -> Void = { _ in }
  /// What has to happen before an example.
  var before: [String: String] = [:]
  var examples: [String]

  static let session = "day1.waymark"
  /// Printed where an example's output begins.
  static let mark = "\u{2E3A}"

  /// The folder with the session's file.
  func prepared() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.write([], to: "work/.keep")
    try furnish(folder)
    let script = preparation + "\nsave session \(Self.session)"
    let result = try Waymark.run(["--quiet", "-c", script], in: folder, work: "work")
    try #require(result.exit == 0, "\(result.messages)")
    try finish(folder)
    return folder
  }

  func carryOut(_ example: String, in folder: TestFolder) throws -> Waymark.Result {
    try Waymark.run(
      ["--session", Self.session, "-c", script(of: example)], in: folder, work: "work")
  }

  /// Makes room for an example's result, and marks where its output begins.
  private func script(of example: String) -> String {
    var lines = [before[example]].compactMap(\.self)
    if case .command(let command)? = Script(example, name: "example").statements.first,
      let name = command.resultName
    {
      lines.append("if exists \(name) { drop \(name) }")
    }
    lines.append("print \(Self.mark)")
    return (lines + [example]).joined(separator: "\n")
  }
}

extension ExampleScene {
  /// Examples that cannot run here, and why.
  static let elsewhere: [String: String] = [
    "download gtsrb to=~/gtsrb": "needs the network; DownloadTests use a server of their own",
    "import weights.pth as net2": "needs a file of PyTorch; TorchFileTests have some",
    "import weights.pth like=net as net2": "needs a file of PyTorch; TorchFileTests have some",
  ]

  /// All examples of all help pages, each once.
  static let lines: [String] = {
    var seen: Set<String> = []
    return Registry.waymark.commands.flatMap { $0.examples.map(\.line) }
      .filter { seen.insert($0).inserted }
  }()

  static let all = [someOfEverything, learned, brokenOff]

  /// Small objects of each kind, in which all examples run that need no other scene.
  private static let someOfEverything = ExampleScene(
    preparation: """
      load synthetic per-class=5 test-per-class=2 balanced=on size=16 seed=1 as signs
      load synthetic classes=3 per-class=4 test-per-class=2 size=16 seed=2 as few
      load folder old as lost
      tasks signs size=8 count=5 as T
      define model simplecnn size=16 as net
      define model dercnn size=16 as dernet
      run finetune net on=T epochs=1 as ft
      begin rehearsal-kd net on=T epochs=1 memory=80 as kd
      continue kd until=2
      """,
    furnish: { folder in
      try ExampleFiles.writeFolders(folder)
      try ExampleFiles.writeGTSRB(folder)
      try ExampleFiles.writeMNIST(folder)
      try ExampleFiles.writeCIFAR(folder)
      try folder.write("print \"$epochs epochs\"\n".utf8, to: "work/lesson.way")
    },
    finish: { folder in
      try FileManager.default.moveItem(atPath: folder("work/old"), toPath: folder("photos"))
    },
    before: [
      "restore session day1.waymark only=[kd]": "drop kd",
      "load npz signs.npz as signs": "export signs > signs.npz",
      "goto kd@4": "continue kd until=4; goto kd@2",
    ],
    examples: lines.filter { line in
      elsewhere[line] == nil && !(learned.examples + brokenOff.examples).contains(line)
        && !TypedExampleTests.steps.contains { $0.line == line }
    })

  /// A lesson whose runs have learned something, and sessions of two seeds.
  private static let learned = ExampleScene(
    preparation: lesson,
    furnish: { try $0.write(lesson.utf8, to: "work/lesson.way") },
    finish: { folder in
      for (seed, name) in ["a", "b"].enumerated() {
        let script = """
          load synthetic classes=4 per-class=6 test-per-class=4 size=16 as small
          tasks small size=2 as S
          define model simplecnn size=16 as plain
          run finetune plain on=S epochs=1 seed=\(seed) as seeded
          save session \(name).waymark
          save session jobs/seed-\(seed).waymark
          """
        try folder.write([], to: "work/jobs/.keep")
        let result = try Waymark.run(["--quiet", "-c", script], in: folder, work: "work")
        try #require(result.exit == 0, "\(result.messages)")
      }
    },
    examples: [
      "expect accuracy kd above=50 below=100", "expect accuracy kd over=ft by=10",
      "merge jobs", "merge a.waymark b.waymark", "replay lesson.way",
      "replay lesson.way verify=day1.waymark", "split signs share=20% as dev",
      "search rehearsal-kd net on=T lr=[0.001, 0.003] memory=[100, 200]",
    ])

  private static let lesson = """
    load synthetic per-class=90 test-per-class=30 balanced=on size=16 as signs
    tasks signs size=2 order=[14, 1, 13, 33, 12, 17] as T
    define model simplecnn size=16 as net
    run finetune net on=T epochs=5 batch=16 as ft
    run rehearsal-kd net on=T epochs=5 batch=16 lr=0.003 memory=160 as kd

    """

  /// Two sessions that did not come to their end.
  private static let brokenOff = ExampleScene(
    preparation: "load synthetic classes=2 per-class=3 size=16 as few",
    finish: { folder in
      let script = """
        load synthetic classes=4 per-class=6 test-per-class=4 size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 as net
        run finetune net on=T epochs=1 as ft
        save session /nowhere/day1.waymark
        """
      for _ in 1...2 {
        let result = try Waymark.run(["--quiet", "-c", script], in: folder, work: "work")
        try #require(result.messages.contains("'restore autosave'"), "\(result.messages)")
      }
    },
    examples: ["restore autosave", "drop autosave"])
}
