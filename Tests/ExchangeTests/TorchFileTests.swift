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

  /// 100 GB of numbers that a file of some hundred bytes claims to have.
  @Test func claimsOfMemoryAreRefused() throws {
    let folder = try ScratchFolder()
    // 6 · 2³² numbers of 4 bytes.
    let count = "\u{8A}\u{5}\0\0\0\0\u{6}"
    let storage = "(X\u{7}\0\0\0storagectorch\nFloatStorage\nX\u{1}\0\0\00X\u{3}\0\0\0cpu\(count)tQ"
    let pickle = latin(
      "\u{80}\u{2}}X\u{1}\0\0\0wctorch._utils\n_rebuild_tensor_v2\n(\(storage)K\0\(count)\u{85}"
        + "K\u{1}\u{85}tRs.")
    let path = try folder.write(
      ZipBytes.archive([("net/data.pkl", pickle), ("net/data/0", [0, 0, 0, 0])]), to: "claim.pth")
    do {
      _ = try TorchFile.read(path)
      Issue.record("it was read")
    } catch let error as WeightFile.Failure {
      #expect("\(error)".contains("are more than the"), "\(error)")
    }
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
