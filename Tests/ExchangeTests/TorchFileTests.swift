import Datasets
import Exchange
import Foundation
import Networks
import Tensors
import TestSupport
import Testing

struct TorchFileTests {
  @Test(arguments: ["float32", "float64", "float16", "bfloat16", "checkpoint"])
  func stateDictsThatPyTorchSavedAreRead(name: String) throws {
    let network = try NetworkImport.network(
      SmallNetwork.golden(name + ".pth"), like: SmallNetwork.architecture())
    #expect(network == (try SmallNetwork.network()))
  }

  @Test func fileCutAnywhereIsRefused() throws {
    let folder = try ScratchFolder()
    let whole = try Array(
      Data(contentsOf: URL(fileURLWithPath: SmallNetwork.golden("float32.pth"))))
    for cut in stride(from: 0, to: whole.count - 1, by: max(1, whole.count / 200)) {
      let path = try folder.write(whole.prefix(cut), to: "cut.pth")
      #expect(throws: (any Error).self, "cut at \(cut)") { try TorchFile.read(path) }
    }
  }

  struct Hostile: Sendable, CustomTestStringConvertible {
    var reason: String
    var pickle: [UInt8]
    /// What the error says.
    var says: String

    init(_ reason: String, _ pickle: String, says: String) {
      self.reason = reason
      self.pickle = [0x80, 2] + latin(pickle)
      self.says = says
    }

    var testDescription: String { reason }
  }

  static let hostile = [
    Hostile("calls a shell", "cposix\nsystem\n(X\u{4}\0\0\0true\u{85}R.", says: "posix.system"),
    Hostile("calls eval", "c__builtin__\neval\n.", says: "__builtin__.eval"),
    Hostile("names a class of torch's", "ctorch\nload\n.", says: "torch.load"),
    Hostile("old opcode of instances", "(iposix\nsystem\n.", says: "0x69"),
    Hostile("nothing on the stack", ".", says: "the stack is empty"),
    Hostile("remembers nothing", "h\u{5}.", says: "nothing was remembered"),
    Hostile("text longer than the file", "X\u{FF}", says: "cut short"),
    Hostile("a class as a state dict", "ccollections\nOrderedDict\n.", says: "no state dict"),
    Hostile("an empty dictionary", "}.", says: "no weights"),
  ]

  @Test(arguments: hostile)
  func hostilePickleIsRefusedWithItsPlace(file: Hostile) throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      ZipBytes.archive([("net/data.pkl", file.pickle)]), to: "hostile.pth")
    do {
      _ = try TorchFile.read(path)
      Issue.record("it was read")
    } catch let error as WeightFile.Failure {
      #expect("\(error)".contains(file.says), "\(error)")
    }
  }

  struct Claim: Sendable, CustomTestStringConvertible {
    var reason: String
    /// Numbers in the storage, and in each of the tensors that view it, as a pickle has them.
    var count: String
    var tensors = 1
    /// Of the file that has the storage's numbers.
    var bytes = 4
    /// What the error says.
    var says: String

    var testDescription: String { reason }

    /// A dictionary of tensors a, b, … that all view the same storage.
    var pickle: [UInt8] {
      let storage = "(X\u{7}\0\0\0storagectorch\nFloatStorage\nX\u{1}\0\0\00X\u{3}\0\0\0cpu"
      let items = "abc".prefix(tensors).map { name in
        "X\u{1}\0\0\0\(name)ctorch._utils\n_rebuild_tensor_v2\n(\(storage)\(count)tQK\0\(count)\u{85}"
          + "K\u{1}\u{85}tRs"
      }
      return latin("\u{80}\u{2}}\(items.joined()).")
    }
  }

  static let claims = [
    // 6 · 2³² numbers.
    Claim(
      reason: "100 GB", count: "\u{8A}\u{5}\0\0\0\0\u{6}", says: "are more than the"),
    Claim(reason: "256 MB", count: "J\0\0\0\u{4}", says: "it claims 268435456 bytes"),
    Claim(
      reason: "the same numbers again and again", count: "M\0\u{4}", tensors: 3, bytes: 4096,
      says: "3072 numbers are made of 1024"),
  ]

  /// No memory is taken for what a file of some hundred bytes claims to hold.
  @Test(arguments: claims)
  func claimsOfMemoryAreRefused(claim: Claim) throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      ZipBytes.archive([
        ("net/data.pkl", claim.pickle), ("net/data/0", [UInt8](repeating: 0, count: claim.bytes)),
      ]), to: "claim.pth")
    do {
      _ = try TorchFile.read(path)
      Issue.record("it was read")
    } catch let error as WeightFile.Failure {
      #expect("\(error)".contains(claim.says), "\(error)")
    }
  }

  /// The row that shows that the rows above fail for the reason they name: tied weights.
  @Test func twoTensorsMayShareTheirNumbers() throws {
    let folder = try ScratchFolder()
    let claim = Claim(reason: "", count: "M\0\u{4}", tensors: 2, says: "")
    let path = try folder.write(
      ZipBytes.archive([
        ("net/data.pkl", claim.pickle), ("net/data/0", [UInt8](repeating: 0, count: 4096)),
      ]), to: "tied.pth")
    #expect(try TorchFile.read(path).tensors.mapValues(\.count) == ["a": 1024, "b": 1024])
  }

  @Test func damagedPicklesAreReadOrRefused() throws {
    let pickles = try ["float32", "float64", "checkpoint"].map { name in
      try ZipBytes.stored("data.pkl", in: SmallNetwork.golden(name + ".pth"))
    }
    var mutations = Mutations(of: pickles, seed: 5)
    for _ in 0..<Mutations.count(20_000) {
      let bytes = mutations.next()
      do throws(Pickle.Fault) {
        _ = try Pickle(bytes)
      } catch {
        #expect(error.place <= bytes.count)
      }
    }
  }

  @Test func damagedArchivesAreReadOrRefused() throws {
    let folder = try ScratchFolder()
    let files = try ["float32", "checkpoint"].map { name in
      Array(try Data(contentsOf: URL(fileURLWithPath: SmallNetwork.golden(name + ".pth"))))
    }
    var mutations = Mutations(of: files, seed: 6)
    let whole = try SmallNetwork.network()
    var read = 0
    for _ in 0..<Mutations.count(1_000) {
      let path = try folder.write(mutations.next(), to: "damaged.pth")
      guard let network = try? NetworkImport.network(path, like: whole.architecture) else {
        continue
      }
      #expect(network.weights.count == whole.weights.count)
      read += 1
    }
    // Some damage is in bytes that nobody looks at.
    #expect(read > 0)
  }
}

/// A byte for each character.
private func latin(_ text: String) -> [UInt8] {
  text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}
