import CommandLanguage
import Foundation
import Shell
import Synchronization
import TestSupport
import Testing

/// A folder and a session in which examples are carried out, each in a process of its own.
struct ExampleScene: Sendable {
  var name: String
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

  /// Makes the session's file and what goes with it.
  fileprivate func prepare(_ folder: TestFolder) throws {
    try folder.write([], to: "work/.keep")
    try furnish(folder)
    let script = preparation + "\nsave session \(Self.session)"
    let result = try Waymark.run(["--quiet", "-c", script], in: folder, work: "work")
    try #require(result.exit == 0, "\(result.messages)")
    try finish(folder)
  }

  /// Carries an example out in a copy of the scene's folder.
  ///
  /// - Returns: How the program ended, with what the example printed; the folder is called `~`.
  func carryOut(_ example: String) throws -> Waymark.Result {
    let original = try PreparedScenes.shared.folder(of: self)
    let folder = try TestFolder(copyOf: original)
    var result = try Waymark.run(
      ["--session", Self.session, "-c", script(of: example)], in: folder, work: "work")
    result.output = result.output.components(separatedBy: Self.mark + "\n").last ?? ""
    let made = try Self.files(folder).subtracting(Self.files(original))
    if before[example] == nil, !made.isEmpty {
      #expect(Self.declaresFiles(example), "\(example) makes \(made.sorted())")
    }
    for place in [folder, original] {
      result.output = result.output.replacing(place("work"), with: "~")
    }
    return result
  }

  private static func files(_ folder: TestFolder) throws -> Set<String> {
    Set(try FileManager.default.subpathsOfDirectory(atPath: folder("work")))
  }

  /// Whether a command says of itself that it writes files: what it does not say, `--safe` and its page
  /// do not tell of.
  private static func declaresFiles(_ example: String) -> Bool {
    let commands = Registry.waymark.commands
    let meant =
      commands.first { $0.examples.contains { $0.line == example } }
      ?? commands.filter { "\(example) ".hasPrefix($0.verb + " ") }
      .max { $0.verb.count < $1.verb.count }
    let effects = meant?.touches ?? []
    return !effects.isDisjoint(with: [.writesNamed, .writesLogs])
      || example.contains(" > ") && effects.contains(.writesOutput)
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

  /// Examples of which help does not show what they print: with the few images that stand in for a
  /// data set here it would contradict what it says of that.
  static let untold: Set = [
    "load gtsrb path=../gtsrb as signs", "load cifar cifar-10-batches-bin as cifar",
    "load idx mnist as digits", "load idx mnist permutations=5 as permuted",
  ]

  /// All examples of all help pages, each once.
  static let lines: [String] = {
    var seen: Set<String> = []
    return Registry.waymark.commands.flatMap { $0.examples.map(\.line) }
      .filter { seen.insert($0).inserted }
  }()

  static let all = [someOfEverything, learned, brokenOff]

  /// Between two edits without those in which networks learn until something can be seen of it.
  static var wanted: [Self] { LongTests.areWanted ? all : [someOfEverything, brokenOff] }

  /// Small objects of each kind, in which all examples run that need no other scene.
  private static let someOfEverything = ExampleScene(
    name: "some of everything",
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
      table results columns=[strategy, memory, final]
      add results strategy=ft memory=20 final=(final(ft))
      add results strategy=kd memory=20 final=40
      add results strategy=kd memory=20 final=42.5
      add results strategy=kd memory=80 final=(final(kd))
      add results strategy=kd memory=80 final=52
      """,
    furnish: { folder in
      try ExampleFiles.writeFolders(folder)
      try ExampleFiles.writeGTSRB(folder)
      try ExampleFiles.writeMNIST(folder)
      try ExampleFiles.writeCIFAR(folder)
      try folder.write("print \"$epochs epochs\"\n".utf8, to: "work/lesson.way")
      try folder.write("class,name\n0,Tempo 20\n1,Tempo 30\n".utf8, to: "work/names.csv")
    },
    finish: { folder in
      try FileManager.default.moveItem(atPath: folder("work/old"), toPath: folder("photos"))
    },
    before: [
      "restore session day1.waymark only=[kd]": "drop kd",
      "load npz signs.npz as signs": "export signs > signs.npz",
      "goto kd@4": "continue kd until=4; goto kd@2",
      "import net.safetensors as net2": "export net > net.safetensors",
      "watch off kd": "watch kd",
      "evaluate kd on=dark": "select signs where brightness=..110 as dark",
      "show watch kd > watch.csv": "watch kd",
      "plot watch kd > watch.png": "watch kd; step kd 2 unit=batch",
    ],
    examples: lines.filter { line in
      elsewhere[line] == nil && !(learned.examples + brokenOff.examples).contains(line)
        && !TypedExampleTests.steps.contains { $0.line == line }
    })

  /// A lesson whose runs have learned something, and sessions of two seeds.
  private static let learned = ExampleScene(
    name: "learned",
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
    before: [
      "compare [many, other] test=permutation":
        "run finetune net on=T epochs=2 batch=16 seeds=3 as many; "
        + "run finetune net on=T epochs=2 batch=16 lr=0.003 seeds=3 as other",
      "compare each=on": "run finetune net on=T epochs=5 batch=16 seeds=2 as many",
      "compare head=nearest-mean":
        "run icarl net on=T epochs=5 batch=16 lr=0.003 memory=60 as ic",
      "plot classes-over-time kd now=on": "goto kd@1; step kd 2 unit=batch",
      "show watch kd n=5": "goto kd@1; watch kd; step kd 6 unit=batch",
    ],
    examples: [
      "expect accuracy kd above=50 below=100", "expect accuracy kd over=ft by=10",
      // What help says of these shall be seen in their figures.
      "run finetune net on=T epochs=5 as ft",
      "run rehearsal-kd net on=T batch=16 memory=200 temperature=2 as kd",
      "run joint net on=T once=on as ub",
      "run finetune net on=T seeds=3 shuffle=on as many", "compare [ft, kd]", "compare each=on",
      "compare metric=task-masked", "compare head=nearest-mean", "matrix kd",
      "matrix kd head=linear", "confusion kd top=5", "confusion kd@1",
      "confusion kd classes=[14, 13, 17]",
      "confusion kd sort=task", "confusion kd minus=ft top=5", "compare [ft, kd] test=mcnemar",
      "compare [many, other] test=permutation", "show robustness kd signs 425 rotate=0..60",
      "show robustness kd signs [425, 515] darkness=0..90 > dusk.png",
      "show robustness kd signs 425 fgsm=0..12 > attack.png",
      "show robustness kd signs 425 corruptions=all > seven.png",
      "evaluate kd on=T.1", "evaluate kd@1 on=T.1", "predict kd signs 425",
      "predict kd signs 425 logits=on > answer.json",
      "predict kd@1 signs [95, 1262] split=train", "show mistakes kd n=4",
      "show mistakes kd true=17 as=Stop", "compare mistakes [ft, kd]",
      "compare mistakes [kd@1, kd] on=T.1", "report kd", "show watch kd n=5",
      "show suspects signs n=4", "show suspects signs with=kd",
      "show saliency kd signs 425",
      "show saliency kd signs 425 method=gradcam class=Stop > cam.png",
      "show saliency kd@1 signs 425 method=occlusion patch=6", "show activations kd signs 425",
      "show activations kd@1 signs 425 layer=conv2 n=4",
      "plot classes-over-time kd now=on",
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
    name: "broken off",
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

/// The folders of scenes, each made when its first example is carried out, and removed when the tests
/// are over.
private final class PreparedScenes: Sendable {
  static let shared = PreparedScenes()

  private let folders = Mutex<[String: TestFolder]>([:])

  private init() { atexit { PreparedScenes.shared.remove() } }

  func folder(of scene: ExampleScene) throws -> TestFolder {
    try folders.withLock { folders in
      if let folder = folders[scene.name] { return folder }
      let folder = try TestFolder()
      try scene.prepare(folder)
      folders[scene.name] = folder
      return folder
    }
  }

  private func remove() { folders.withLock { $0.removeAll() } }
}
