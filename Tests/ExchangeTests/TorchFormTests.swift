import Exchange
import Foundation
import Networks
import Tensors
import Testing

/// What a pickle may say of tensors and dictionaries, and what is refused, each for its own reason.
struct TorchFormTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func read(_ file: [UInt8], part: String? = nil) throws -> [String: Tensor] {
    try TorchFile.read(folder.write(file, to: "net.pth"), part: part).tensors
  }

  private func expect(_ failure: WeightFile.Failure?, says text: String) throws {
    let said =
      switch try #require(failure) {
      case .notWeights(_, let reason): reason
      case let other: "\(other)"
      }
    #expect(said.contains(text), "\(said)")
  }

  private static func dictionary(_ tensor: String) -> String {
    TorchBytes.dictionary([("fc.weight", tensor)])
  }

  // MARK: Tensors

  @Test func viewsFollowTheirOffsetAndStrides() throws {
    let tensor = TorchBytes.tensor(
      TorchBytes.storage(8), offset: 1, shape: TorchBytes.tuple([2, 3]),
      strides: TorchBytes.tuple([1, 2]))
    let numbers = (0..<8).map(Float.init)
    // The last is number 6 of 8, so that neither end is the storage's.
    #expect(
      try read(TorchBytes.file(Self.dictionary(tensor), [numbers]))
        == ["fc.weight": Tensor([2, 3], [1, 3, 5, 2, 4, 6])])
  }

  @Test func lastNumberOfAStorageCanBeRead() throws {
    let tensor = TorchBytes.tensor(
      TorchBytes.storage(4), offset: 2, shape: TorchBytes.tuple([2]),
      strides: TorchBytes.tuple([1]))
    #expect(
      try read(TorchBytes.file(Self.dictionary(tensor), [[1, 2, 3, 4]]))
        == ["fc.weight": Tensor([2], [3, 4])])
  }

  /// LONG1 of one byte, of none, and TUPLE2, with what MEMOIZE and BINGET bring again.
  @Test func otherWaysToWriteNumbersAreRead() throws {
    let sixteen = "\u{8A}\u{1}\u{10}"
    let none = "\u{8A}\0"
    let tensor =
      "ctorch._utils\n_rebuild_tensor_v2\n(\(TorchBytes.storage(16))\(none)"
      + "K\u{1}\(sixteen)\u{94}\u{86}h\0K\u{1}\u{86}tR"
    let numbers = (0..<16).map(Float.init)
    #expect(
      try read(TorchBytes.file(Self.dictionary(tensor), [numbers]))
        == ["fc.weight": Tensor([1, 16], numbers)])
  }

  /// Extents of 0 say nothing of the others, which may be any number.
  @Test func tensorsWithoutNumbersArePassedOver() throws {
    let huge = "\u{8A}\u{8}\0\0\0\0\0\0\0\u{40}"
    let empty = TorchBytes.tensor(
      TorchBytes.storage(4), shape: "\(huge)K\0\u{86}", strides: "\(huge)K\u{1}\u{86}")
    let pickle = TorchBytes.dictionary([("empty", empty), ("fc.bias", TorchBytes.vector(4))])
    #expect(try read(TorchBytes.file(pickle, [[1, 2, 3, 4]])).keys.sorted() == ["fc.bias"])
  }

  @Test func wholeNumbersArePassedOver() throws {
    let count = TorchBytes.tensor(
      TorchBytes.storage(1, type: "Long", key: "1"), shape: ")", strides: ")")
    let pickle = TorchBytes.dictionary([
      ("bn1.num_batches_tracked", count), ("fc.bias", TorchBytes.vector(2)),
    ])
    #expect(
      try read(TorchBytes.file(pickle, [[1, 2]])) == ["fc.bias": Tensor([2], [1, 2])])
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    var reason: String
    var pickle: String
    /// What the error says.
    var says: String

    init(_ reason: String, _ pickle: String, says: String) {
      (self.reason, self.pickle, self.says) = (reason, pickle, says)
    }

    /// A tensor on a storage of four numbers.
    init(
      _ reason: String, storage: String = TorchBytes.storage(4), offset: Int = 0, shape: String,
      strides: String, says: String
    ) {
      self.init(
        reason,
        TorchFormTests.dictionary(
          TorchBytes.tensor(storage, offset: offset, shape: shape, strides: strides)),
        says: says)
    }

    var testDescription: String { reason }
  }

  private static let unfilled = "has a shape or strides that its numbers do not fill"
  private static let undescribed = "a tensor is not described as PyTorch does"
  private static let noStorage = "a storage is not described as PyTorch does"
  private static let (one, two) = (TorchBytes.tuple([1]), TorchBytes.tuple([2]))

  static let tensors = [
    Refused("ends behind its storage", offset: 3, shape: two, strides: one, says: unfilled),
    Refused("begins before its storage", offset: -1, shape: two, strides: one, says: unfilled),
    Refused(
      "goes backwards", offset: 3, shape: two, strides: TorchBytes.tuple([-1]), says: unfilled),
    Refused("a negative extent", shape: TorchBytes.tuple([-2]), strides: one, says: unfilled),
    Refused(
      "two negative extents", shape: TorchBytes.tuple([-2, -2]), strides: TorchBytes.tuple([1, 1]),
      says: unfilled),
    Refused(
      "the same numbers again", shape: TorchBytes.tuple([3, 2]), strides: TorchBytes.tuple([0, 1]),
      says: unfilled),
    Refused(
      "more extents than strides", shape: TorchBytes.tuple([2, 2]), strides: one, says: undescribed),
    Refused(
      "fewer extents than strides", shape: two, strides: TorchBytes.tuple([1, 1]), says: undescribed
    ),
    Refused(
      "nine dimensions", shape: TorchBytes.tuple([Int](repeating: 1, count: 9)),
      strides: TorchBytes.tuple([Int](repeating: 1, count: 9)), says: undescribed),
    Refused(
      "a text for an extent",
      shape: TorchBytes.tuple([TorchBytes.text("2"), TorchBytes.integer(2)]),
      strides: one, says: undescribed),
    Refused("a number for a shape", shape: TorchBytes.integer(2), strides: one, says: undescribed),
    Refused(
      "no storage", storage: TorchBytes.text("0"), shape: two, strides: one, says: undescribed),
    Refused(
      "a storage of fewer than no numbers", storage: TorchBytes.storage(-1), shape: two,
      strides: one,
      says: noStorage),
    Refused(
      "a storage with one part more",
      storage: "(\(TorchBytes.storage(4).dropFirst().dropLast(2))NtQ", shape: two, strides: one,
      says: noStorage),
    Refused(
      "a storage of no class",
      storage: TorchBytes.tuple(
        [TorchBytes.text("storage"), "N", TorchBytes.text("0"), "N", TorchBytes.integer(4)]) + "Q",
      shape: two, strides: one, says: noStorage),
  ]

  static let pickles = [
    Refused("a key without a value", "}(K\u{1}u", says: "a key has no value"),
    Refused("an item in a dictionary", "}K\u{1}a", says: "items are added to what takes none"),
    Refused("a pair in a list", "]K\u{1}K\u{1}s", says: "items are added to what takes none"),
    Refused("nothing above a mark", "}}(0", says: "byte 5: the stack is empty"),
    Refused("a pair across a mark", "K\u{1}K\u{2}(\u{86}", says: "byte 7: the stack is empty"),
    Refused("items without a mark", "}K\u{1}K\u{1}u", says: "there is no mark"),
    Refused(
      "a dictionary made from something", "ccollections\nOrderedDict\n(K\u{1}tR",
      says: "a dictionary is made from something"),
    Refused(
      "a parameter that is no tensor", "ctorch._utils\n_rebuild_parameter\n(K\u{1}tR",
      says: "a parameter is not a tensor"),
    Refused("a class that is called", "ctorch\nFloatStorage\n(K\u{1}tR", says: "is called"),
    Refused("a number that is called", "K\u{1})R", says: "what is called is not a class"),
    Refused("a state of a list", "]K\u{1}b", says: "a state is set"),
    Refused(
      "a class named by numbers", "K\u{1}K\u{1}\u{93}", says: "the name of a class is not a text"),
    Refused(
      "a number of nine bytes", "\u{8A}\u{9}123456789", says: "a number of 9 bytes is too large"),
    Refused(
      "a count that fills 64 bits", "\u{95}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}\u{FF}",
      says: "a number is too large"),
    Refused("a text that is not UTF-8", "X\u{1}\0\0\0\u{FF}", says: "a text is not UTF-8"),
    Refused(
      "a long name of a class", "cos\nthe_name_of_a_program_to_start\n",
      says: "'os.the_name_of_a_program_to_start' is not one of the classes"),
    Refused(
      "a name without an end", "c" + String(repeating: "a", count: 300), says: "a line has no end"),
    Refused("protocol 1", "\u{80}\u{1}}", says: "protocol 1 is not read"),
    Refused("a list as a state dict", "]", says: "no state dict"),
  ]

  @Test(arguments: tensors + pickles)
  func whatPyTorchDoesNotWriteIsRefused(file: Refused) throws {
    let failure = #expect(throws: WeightFile.Failure.self) {
      try read(TorchBytes.file(file.pickle, [[1, 2, 3, 4]]))
    }
    try expect(failure, says: file.says)
  }

  // MARK: The archive

  private func expectRefusal(_ file: [UInt8], says text: String) throws {
    let failure = #expect(throws: WeightFile.Failure.self) { try read(file) }
    try expect(failure, says: text)
  }

  private static let small = TorchBytes.pickle(dictionary(TorchBytes.vector(2)))
  private static let twoNumbers = TorchBytes.numbers([1, 2])

  @Test func pickleMayLieInNoFolder() throws {
    let tensors = try read(
      TorchBytes.file(Self.dictionary(TorchBytes.vector(2)), [[1, 2]], folder: ""))
    #expect(tensors == ["fc.weight": Tensor([2], [1, 2])])
  }

  @Test func bigEndianNumbersAreRefused() throws {
    func file(_ order: String) -> [UInt8] {
      ZipBytes.archive([
        ("net/data.pkl", Self.small), ("net/byteorder", Array(order.utf8)),
        ("net/data/0", Self.twoNumbers),
      ])
    }
    #expect(try read(file("little")) == ["fc.weight": Tensor([2], [1, 2])])
    try expectRefusal(file("big"), says: "its numbers are big-endian")
  }

  @Test func numbersMustBeAsManyAsThePickleSays() throws {
    func file(_ numbers: [Float]) -> [UInt8] {
      TorchBytes.file(Self.dictionary(TorchBytes.vector(2)), [numbers])
    }
    try expectRefusal(file([1]), says: "data/0 has 4 bytes instead of 8")
    #expect(throws: (any Error).self) { try read(file([1, 2, 3])) }
    try expectRefusal(
      ZipBytes.archive([("net/data.pkl", Self.small), ("net/data/1", Self.twoNumbers)]),
      says: "data/0, the numbers of 'fc.weight', is missing")
  }

  @Test func oneStorageHasOneKindOfNumbers() throws {
    let other = TorchBytes.tensor(
      TorchBytes.storage(2, type: "Half"), shape: TorchBytes.tuple([2]),
      strides: TorchBytes.tuple([1]))
    let pickle = TorchBytes.dictionary([("a.weight", TorchBytes.vector(2)), ("b.weight", other)])
    try expectRefusal(
      TorchBytes.file(pickle, [[1, 2]]), says: "'b.weight' has two kinds of numbers")
  }

  // MARK: State dicts

  private static let layers = TorchBytes.dictionary([("fc.bias", TorchBytes.vector(2))])

  private func keys(_ pickle: String, part: String? = nil) throws -> [String] {
    try read(TorchBytes.file(pickle, [[1, 2]]), part: part).keys.sorted()
  }

  @Test func stateDictBesideATensorIsTheNetworks() throws {
    let pickle = TorchBytes.dictionary([
      ("temperature", TorchBytes.vector(2)), ("state_dict", Self.layers),
    ])
    #expect(try keys(pickle) == ["fc.bias"])
    #expect(try keys(TorchBytes.dictionary([("bias", TorchBytes.vector(2))])) == ["bias"])
  }

  @Test func stateDictsAreLookedForThreeDictionariesDeep() throws {
    func nested(_ depth: Int) -> String {
      (0..<depth).reduce(Self.layers) { inner, _ in TorchBytes.dictionary([("a", inner)]) }
    }
    #expect(try keys(nested(3)) == ["fc.bias"])
    try expectRefusal(TorchBytes.file(nested(4), [[1, 2]]), says: "no weights")
  }

  /// The outermost dictionary and 999 within it.
  @Test func stateDictsAreLookedForAmongAThousandDictionaries() throws {
    func file(_ others: Int) -> [UInt8] {
      let empty = (0..<others).map { (key: "\($0)", value: "}") }
      return TorchBytes.file(
        TorchBytes.dictionary(empty + [(key: "net", value: Self.layers)]), [[1, 2]])
    }
    #expect(try read(file(998)).keys.sorted() == ["fc.bias"])
    try expectRefusal(file(999), says: "no weights")
  }

  @Test func stateDictUnderTwoKeysIsOne() throws {
    let pickle = "}(\(TorchBytes.text("a"))\(Self.layers)q\u{7}\(TorchBytes.text("b"))h\u{7}u"
    #expect(try keys(pickle) == ["fc.bias"])
  }

  @Test func namesOfStateDictsLeadToThem() throws {
    let wrapped = TorchBytes.dictionary([("state_dict", Self.layers)])
    let pickle = TorchBytes.dictionary([("teacher", wrapped), ("student", wrapped)])
    let names = ["teacher.state_dict", "student.state_dict"]
    let path = folder("net.pth")
    #expect(throws: WeightFile.Failure.severalParts(path: path, parts: names)) {
      try keys(pickle)
    }
    #expect(try keys(pickle, part: "student.state_dict") == ["fc.bias"])
  }

  @Test(arguments: ["x", ""])
  func partThatIsNotThereIsNotReplaced(part: String) throws {
    #expect(
      throws: WeightFile.Failure.noPart(path: folder("net.pth"), part: part, parts: [])
    ) {
      try keys(Self.layers, part: part)
    }
  }

  /// Names are put together from keys, of which a small file can have many that are long.
  @Test func keysThatAreNoNamesAreNotFollowed() throws {
    let pickle = TorchBytes.dictionary([(String(repeating: "a", count: 300), Self.layers)])
    try expectRefusal(TorchBytes.file(pickle, [[1, 2]]), says: "no weights")
  }
}
