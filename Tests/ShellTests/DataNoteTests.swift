import CommandLanguage
import Datasets
import Foundation
import Sessions
import Shell
import Testing

/// What is left out, guessed or lacking is said in a line of its own.
struct DataNoteTests {
  private let folder: TestFolder
  private var shell = TestShell()

  init() throws { folder = try TestFolder() }

  /// A PPM image of 2×2 pixels.
  private func image(_ name: String, gray: UInt8) throws {
    try folder.write(
      Array("P6 2 2 255\n".utf8) + [UInt8](repeating: gray, count: 12), to: name)
  }

  private func classes(_ names: String..., images: Int) throws {
    for name in names {
      for number in 0..<images { try image("\(name)/\(number).ppm", gray: UInt8(10 * number)) }
    }
  }

  private mutating func lines(_ command: String) throws -> [String] {
    try shell.output(of: command).split(separator: "\n").map(String.init)
  }

  // MARK: Data that take the place of others

  @Test mutating func tasksOfClassesThatAreGoneSayIt() throws {
    try shell.run(
      """
      load synthetic classes=4 per-class=8 test-per-class=4 size=16 as s
      tasks s size=2 as T
      load synthetic classes=3 per-class=8 test-per-class=4 size=16 replace=on as s
      """)
    let note =
      "T does not fit 's', which has no class 3: 'tasks s … replace=on as T' makes it again"
    for command in ["T", "show T"] {
      let lines = try lines(command)
      #expect(lines.contains { $0.hasPrefix("T.2   2 3") && $0.hasSuffix("-") }, "\(lines)")
      #expect(lines.contains { $0.hasSuffix(note) }, "\(lines)")
    }
    let saved = try lines("save session \(folder("a.waymark"))")
    #expect(
      saved.contains {
        $0.hasSuffix(note + "; without that, 'restore session' cannot bring it back")
      },
      "\(saved)")
  }

  // MARK: Runs in the middle of a task

  @Test mutating func whatComesAtATasksEndIsSaidToCome() throws {
    try shell.run(
      """
      load synthetic classes=4 per-class=8 test-per-class=4 size=16 as s
      tasks s size=2 as T
      define model layers=[conv(2,3), relu, pool] size=16 as net
      begin replay net on=T memory=4 epochs=2 as rp
      begin finetune net on=T as ft
      step rp 1 unit=batch
      """)
    for (command, message) in [
      ("show memory rp", "'rp' keeps no images yet: the first are chosen at the end of a task"),
      ("show memory ft", "'ft' keeps no images\n"), ("compare", "no run has finished a task yet"),
    ] {
      let error = shell.error(of: command)
      #expect(try #require(error).text().contains(message))
    }
  }

  // MARK: The first of a kind

  @Test(arguments: [
    ("tasks s", "a data set is needed, and there is none yet: 'load' makes one", "help load"),
    (
      "begin finetune net", "a network is needed, and there is none yet: 'define model' makes one",
      "help define model"
    ),
    ("matrix kd", "a run is needed, and there is none yet: 'run' makes one", "help run"),
    ("compare", "'run' or 'begin' makes one", "help run"),
    ("checkpoints", "'run' or 'begin' makes one", "help run"),
    ("continue", "'run' or 'begin' makes one", "help run"),
  ])
  mutating func whatMakesOneIsSaidWhereThereIsNone(command: String, hint: String, help: String)
    throws
  {
    let error = shell.error(of: command)
    let wording = try #require(error).wording
    #expect(wording.suggestion == hint && wording.help == help, "\(wording)")
  }

  // MARK: Loading

  private static let drawn = """
    note: there are no separate test images: a fifth of each class, always the same, is the test \
    split
    """

  @Test mutating func loadSaysWhatItLeavesOut() throws {
    try classes("d/a", "d/b", "d/c/inner", images: 5)
    try folder.write("RIFF....WEBP".utf8, to: "d/a/x.webp")
    let expected = [
      "s: 3 classes, 8 training and 2 test images, 8×8×3",
      "note: 1 file is not read: 1 WebP",
      "note: 1 folder is not read: c/inner",
      Self.drawn,
      "note: 1 class has no images: c",
    ]
    // The second time from the cache, if there is one.
    #expect(try lines("load folder \(folder("d")) size=8 as s") == expected)
    #expect(try lines("load folder \(folder("d")) size=8 replace=on as s") == expected)
  }

  @Test mutating func otherProgramsAreToldAsWell() throws {
    try classes("d/a", "d/b", images: 5)
    shell = TestShell { $0.printsJSON = true }
    let plain = try object(shell.output(of: "load folder \(folder("d")) size=8 as s"))
    let drawn = Self.drawn.dropFirst("note: ".count)
    #expect(plain["notes"] as? [String] == [String(drawn)])
    try folder.write("text".utf8, to: "d/a/x.txt")
    let noted = try object(shell.output(of: "load folder \(folder("d")) size=8 as t"))
    #expect(noted["notes"] as? [String] == ["1 file is not read: 1 .txt", String(drawn)])
  }

  @Test mutating func namesFromFilesShowNoControlCharacters() throws {
    try classes("d/a", "d/b\u{1B}[2J/inner\nx", images: 5)
    let text = try shell.output(of: "load folder \(folder("d")) size=8 as s")
    #expect(text.contains("b?[2J/inner?x"))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }

  @Test mutating func splitSaysWhichClassesHaveNothingHeldOut() throws {
    try classes("d/a", images: 10)
    try classes("d/b", images: 2)
    try shell.run("load folder \(folder("d")) size=8 as s")
    #expect(
      try lines("split s as dev") == [
        "dev: 2 classes, 7 training and 2 test images, 8×8×3",
        "note: 1 class has no test images: b",
      ])
  }

  @Test mutating func oneChannelIsNormalised() throws {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (2, 4, 2, 16)
    let drawn = try signs.generate(threads: 1)
    let gray = ImageSet(
      shape: ImageShape(height: 16, width: 48, channels: 1), pixels: drawn.train.pixels,
      labels: drawn.train.labels)
    let data = DataSet(source: drawn.source, classNames: drawn.classNames, train: gray, test: gray)
    try data.writeNPZ(to: folder("gray.npz"))
    try shell.run("load npz \(folder("gray.npz")) as d; transform d normalize=on")
    guard case .data(let set)? = shell.context.session["d"] else {
      Issue.record("there is no data set d")
      return
    }
    #expect(set.transform.normalization == .gtsrb(channels: 1))
    try shell.run("transform d normalize=off; transform d mean=0.5")
    guard case .data(let centred)? = shell.context.session["d"] else { return }
    #expect(centred.transform.normalization?.mean == [0.5])
    #expect(centred.transform.normalization?.deviation.count == 1)
  }

  // MARK: Tasks

  @Test(arguments: [
    ("size=2", "note: class 4 belongs to no task; all=on makes a last task of what is left over"),
    ("size=2 all=on", nil),
    ("size=1", nil),
    ("size=1 count=3", "note: classes 3 and 4 belong to no task"),
    (
      "sizes=[3]",
      "note: classes 3 and 4 belong to no task; all=on makes a last task of what is left over"
    ),
    ("size=2 order=[4, 0, 2, 1]", "note: class 3 belongs to no task"),
  ])
  mutating func classesThatAreLeftOverAreNamed(options: String, note: String?) throws {
    try shell.run("load synthetic classes=5 per-class=4 test-per-class=2 size=16 as s")
    let lines = try lines("tasks s \(options) as T")
    #expect(lines.filter { $0.hasPrefix("note") } == (note.map { [$0] } ?? []))
  }

  // MARK: Figures without test images

  /// Four classes with training images, of which 1 and 3 have test images: tasks 1 and 3 of one class
  /// each cannot be tested.
  private mutating func runWithGaps() throws {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (4, 12, 6, 16)
    let drawn = try signs.generate(threads: 1)
    let kept = drawn.test.indices(of: [1, 3])
    let test = ImageSet(
      shape: drawn.test.shape, pixels: kept.flatMap { Array(drawn.test.image(at: $0)) },
      labels: kept.map { drawn.test.labels[$0] })
    let data = DataSet(
      source: drawn.source, classNames: ["a", "b", "c", "d"], train: drawn.train, test: test)
    try data.writeNPZ(to: folder("gaps.npz"))
    try shell.run(
      """
      load npz \(folder("gaps.npz")) as s
      tasks s size=1 as T
      define model layers=[flatten] size=16 as net
      run finetune net on=T epochs=1 batch=4 as ft
      """)
  }

  @Test mutating func tasksWithoutTestImagesHaveNoFigure() throws {
    try runWithGaps()
    #expect(
      try lines("tasks s size=1 as U").last
        == "note: tasks 1 and 3 of U without test images: - in all figures, and in no mean")
    let matrix = try object(shell.output(of: "matrix ft format=json"))
    let rows = try #require(matrix["rows"] as? [[Any]])
    let figures = rows.map { row in row.map { $0 as? Double } }
    #expect(
      figures.map { $0.map { $0 == nil } } == [
        [true], [true, false], [true, false, true], [true, false, true, false],
      ])
    let before = try #require(figures[1][1])
    let best = max(before, try #require(figures[2][1]))
    let end = try #require(figures[3][1])
    #expect(matrix["forgetting"] as? Double == best - end)
    #expect(matrix["backward_transfer"] as? Double == end - before)
    let text = try lines("matrix ft")
    #expect(text.last == "tasks 1 and 3 without test images: -, and in no mean")
    #expect(try lines("matrix ft > \(folder("m.csv"))") == text.suffix(1))
    #expect(try folder.text("m.csv").hasPrefix("after_task,task_1,task_2,task_3,task_4\n1,,,,\n"))
    #expect(text[1].split(separator: " ") == ["1", "-", "-", "-", "-"])

    let records = try object(shell.output(of: "compare ft format=json"))
    let run = try #require((records["runs"] as? [[String: Any]])?.first)
    let byTask = try #require(run["by_task"] as? [Any]).map { $0 as? Double }
    #expect(byTask[0] == nil)
    let known = byTask.compactMap(\.self)
    #expect(known.count == 3)
    #expect(run["average"] as? Double == known.reduce(0, +) / 3)
    let csv = try lines("compare ft format=csv")
    #expect(csv[1].hasPrefix("ft,finetune,0,1,1,,,,"))
  }

  @Test mutating func networkWithoutTestImagesHasNoAccuracy() throws {
    try runWithGaps()
    let record = try object(shell.output(of: "evaluate ft on=T.1 format=json"))
    #expect(record["accuracy"] is NSNull && record["accuracy_macro"] is NSNull)
    let text = try lines("evaluate ft on=T")
    #expect(text.last == "classes 0 and 2 without images, in no figure")
    let error = shell.error(of: "expect accuracy ft after=1 above=0")
    #expect(error?.text().contains("no test images") == true)
    try shell.run("expect accuracy ft after=2 above=-1")
  }

  /// Class 3 alone has images: tasks 1 to 3 have nothing to learn, and nothing to be tested by.
  @Test mutating func tasksWithoutTrainingImagesHaveNoTrainingAccuracy() throws {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (1, 8, 4, 16)
    let drawn = try signs.generate(threads: 1)
    func moved(_ set: ImageSet) -> ImageSet {
      ImageSet(shape: set.shape, pixels: set.pixels, labels: set.labels.map { _ in 3 })
    }
    let data = DataSet(
      source: drawn.source, classNames: ["a", "b", "c", "d"], train: moved(drawn.train),
      test: moved(drawn.test))
    try data.writeNPZ(to: folder("one.npz"))
    #expect(
      try lines("load npz \(folder("one.npz")) as s").last
        == "note: 3 classes have no images: a, b and c")
    #expect(
      try lines("tasks s size=1 as T").suffix(2) == [
        "note: tasks 1, 2 and 3 of T without training images",
        "note: tasks 1, 2 and 3 of T without test images: - in all figures, and in no mean",
      ])
    let report = try lines(
      """
      define model layers=[flatten] size=16 as net
      run finetune net on=T epochs=1 batch=4 as ft
      status ft
      """)
    let rows = report.map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["1", "1", "-", "-", "-"]))
    #expect(rows.contains { $0.count == 5 && $0[0] == "4" && !$0.contains("-") })
    #expect(
      shell.error(of: "expect loss ft after=1 below=9")?.text().contains("no training") == true)
    try shell.run("expect loss ft below=100")
  }

  /// No log and no row has a number where there is none.
  @Test mutating func logsLeaveOutWhatThereIsNot() throws {
    try runWithGaps()
    try shell.run("export ft > \(folder("ft.jsonl"))")
    let text = try folder.text("ft.jsonl")
    #expect(text.contains("accuracy/task_2"))
    #expect(!text.contains("accuracy/task_1") && !text.contains("accuracy/task_3"))
    #expect(!text.contains("nan"))
  }
}
