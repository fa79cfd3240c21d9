import Datasets
import Foundation
import Testing

/// Data sets that are made of others: some of the images, other labels, other names.
struct RevisedSourceTests {
  private static let signs: SyntheticSigns = {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (3, 20, 10, 16)
    return signs
  }()

  private let whole: DataSet

  init() throws { whole = try DataSet.load(.synthetic(Self.signs), cache: nil) }

  private func expectEqual(_ a: DataSet, _ b: DataSet) {
    #expect(a.digest == b.digest && a.classNames == b.classNames && a.source == b.source)
    for split in DataSet.Split.allCases {
      #expect(a[split].pixels == b[split].pixels && a[split].labels == b[split].labels)
      #expect(a[split].tracks == b[split].tracks)
    }
  }

  /// In any order of the steps, and however often.
  @Test func sourceLeadsToTheSameImages() throws {
    let names = ["a", "b", "c", "new"]
    let revised: [DataSet] = [
      whole.choosing(train: [0, 3, 4, 5, 20], test: [7]),
      whole.choosing(train: [], test: Array(whole.test.labels.indices)),
      whole.relabelled([3: 2, 4: 0], of: .train),
      try whole.named(names),
      try whole.choosing(train: [2, 3, 9], test: [0, 1]).relabelled([2: 1], of: .train)
        .relabelled([0: 2], of: .test).named(names).relabelled([1: 3], of: .test)
        .choosing(train: [0, 2], test: [1]),
      whole.choosing(train: [1, 2, 30], test: [1]).holdingOut(HoldOut(share: 0.5, seed: 1))
        .choosing(train: [0], test: []),
    ]
    for data in revised {
      expectEqual(try DataSet.load(data.source, cache: nil), data)
      let form = try JSONEncoder().encode(data.source)
      #expect(try JSONDecoder().decode(DataSource.self, from: form) == data.source)
    }
  }

  @Test func revisingTwiceIsOneRevision() throws {
    let once = whole.choosing(train: [2, 3, 9], test: [0, 1, 5])
    let twice = once.choosing(train: [0, 2], test: [2])
    expectEqual(twice, whole.choosing(train: [2, 9], test: [5]))
    #expect(twice.originals(of: .train) == [2, 9] && twice.originals(of: .test) == [5])
    #expect(twice.unrevised == whole.source && twice.isSelection)
    #expect(!whole.isSelection && whole.unrevised == whole.source)
    #expect(whole.originals(of: .test) == Array(whole.test.labels.indices))
  }

  @Test func allImagesAreNoSelection() {
    let all = whole.choosing(
      train: Array(whole.train.labels.indices), test: Array(whole.test.labels.indices))
    #expect(!all.isSelection && all.digest == whole.digest)
  }

  /// What was relabelled keeps its new label wherever it stands.
  @Test func newLabelsGoWithTheirImages() throws {
    let relabelled = whole.relabelled([3: 2, 9: 1, 10: 2], of: .train)
    #expect(relabelled.relabelledImages(of: .train) == [3, 9, 10])
    #expect(relabelled.digest != whole.digest && relabelled.train.pixels == whole.train.pixels)
    let chosen = relabelled.choosing(train: [0, 9, 10], test: [])
    #expect(chosen.train.labels == [whole.train.labels[0], 1, 2])
    #expect(chosen.relabelledImages(of: .train) == [1, 2])
    expectEqual(
      chosen, whole.choosing(train: [0, 9, 10], test: []).relabelled([1: 1, 2: 2], of: .train))
    #expect(relabelled.choosing(train: [0], test: [0]).relabelledImages(of: .train) == [])
  }

  @Test func namesChangeNoDigest() throws {
    let named = try whole.named(["x", "y", "z"])
    #expect(named.digest == whole.digest && named.classNames == ["x", "y", "z"])
    #expect(named.hasOwnNames && !whole.hasOwnNames)
    #expect(throws: DataSetError.tooFewNames(names: 2, classes: 3)) { try whole.named(["x", "y"]) }
  }

  // MARK: Files

  static let impossible = [
    #""train":{"images":[5]}"#, #""train":{"images":[3,0]}"#, #""train":{"images":[-1,2]}"#,
    #""train":{"images":[3,2,4,1]}"#, #""train":{"images":[7,1,3,1]}"#,
    #""train":{"images":[0,9223372036854775807]}"#, #""train":{"images":[9223372036854775807,1]}"#,
    #""train":{"images":[4294967296,1]}"#, #""train":{"labels":[5]}"#,
    #""train":{"labels":[5,1,5,2]}"#, #""train":{"labels":[-5,1]}"#,
    #""train":{"labels":[5,-1]}"#, #""train":{"labels":[5,1048576]}"#,
    #""train":{"images":[1e300,1]}"#,
  ]

  @Test(arguments: impossible)
  func impossibleListIsRefused(part: String) throws {
    let form = String(
      decoding: try JSONEncoder().encode(whole.choosing(train: [1], test: []).source), as: UTF8.self
    )
    let forged = form.replacing(#""train":{"images":[1,1]}"#, with: part)
    #expect(forged != form)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(DataSource.self, from: Data(forged.utf8))
    }
  }

  /// A few bytes that stand for more images than there can be take no memory.
  @Test(
    arguments: [
      (
        #""train":{"images":[0,4294967296]}"#, #"image 4294967295 in its train split, which has 60"#
      ),
      (#""train":{"images":[60,1]}"#, "image 60 in its train split"),
      (#""train":{"images":[1,1],"labels":[1,0]}"#, "image 1 in its train split, which has 1"),
      (#""train":{"images":[1,1],"labels":[0,3]}"#, "no class 3"),
    ])
  func otherImagesAreNamed(part: String, reason: String) throws {
    let form = String(
      decoding: try JSONEncoder().encode(whole.choosing(train: [1], test: []).source), as: UTF8.self
    )
    let forged = form.replacing(#""train":{"images":[1,1]}"#, with: part)
    let source = try JSONDecoder().decode(DataSource.self, from: Data(forged.utf8))
    let error = try #require(throws: DataSetError.self) { try DataSet.load(source, cache: nil) }
    #expect(error.message.contains(reason), "\(error.message)")
  }

  // MARK: Names

  @Test(
    arguments: [
      (["a", " "], "empty"), (["a", ""], "empty"), (["Stop", "stop"], "two classes"),
      (["a\u{1B}[2J"], "control"), ([String(repeating: "x", count: 201)], "longer than 200"),
      (["a", "b"], nil), (["Größe", "石"], nil),
    ] as [([String], String?)])
  func namesThatCannotBe(names: [String], fault: String?) {
    #expect(ClassNames.fault(names)?.contains(fault ?? "-") ?? (fault == nil))
    #expect((ClassNames.fault(names) == nil) == (fault == nil))
  }

  @Test(
    arguments: [
      ("Stop\nYield\r\n\n  No entry \n", ["Stop", "Yield", "No entry"]),
      ("\u{FEFF}one\ntwo", ["one", "two"]),
      ("class,name\n1,Yield\n0,\"Stop, here\"\n", ["Stop, here", "Yield", "c"]),
      ("ClassId;SignName\n2;Zebra\u{1B}\n", ["a", "b", "Zebra"]),
      ("class,name,train,test\n0,A,3,4\n", ["A", "b", "c"]),
      ("class name\nand another", ["class name", "and another"]),
    ])
  func fileOfNamesIsRead(text: String, names: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "names.txt")
    #expect(try ClassNames.file(folder.path + "/names.txt", current: ["a", "b", "c"]) == names)
  }

  @Test(arguments: [
    "class,name\n3,x\n", "class,name\nx,y\n", "class,name\n1\n", "class,name\n\"1,x",
  ])
  func damagedTableOfNamesIsRefused(text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "names.csv")
    #expect(throws: DataSetError.self) {
      try ClassNames.file(folder.path + "/names.csv", current: ["a", "b", "c"])
    }
  }
}
