import Foundation
import Networks
import Randomness
import Tensors
import Testing

struct WeightFileTests {
  /// Goes away with the test.
  private final class Folder {
    let path = NSTemporaryDirectory() + "waymark-weights-\(UUID().uuidString)"

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private let folder: Folder
  private let network: Network
  private var path: String { folder.path + "/net.safetensors" }

  init() throws {
    folder = try Folder()
    let architecture = try Architecture(
      name: "small", input: .image(height: 6, width: 6, channels: 2),
      layers: [.convolution(name: "conv1", outputs: 3, kernel: 3, padding: 1), .maxPool, .flatten],
      heads: [Head(name: "fc", outputs: 2)])
    network = Network(architecture, initialization: .pytorch, random: RandomStream(seed: 3))
  }

  private func fresh() -> Network {
    Network(network.architecture, initialization: .xavier, random: RandomStream(seed: 4))
  }

  @Test func roundTripIsExact() throws {
    try WeightFile.write(WrittenNetwork(network), to: path, fingerprint: "f")
    let file = try #require(try WeightFile.read(path, fingerprint: "f"))
    var other = fresh()
    try other.load(file, from: path)
    #expect(
      other.weights.elements.map(\.bitPattern) == network.weights.elements.map(\.bitPattern))
    #expect(
      Set(file.tensors.keys) == ["conv1.weight", "conv1.bias", "fc.weight", "fc.bias"])
    #expect(file.tensors["conv1.weight"]?.shape == [3, 2, 3, 3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
  }

  @Test func missingFileIsNone() throws {
    #expect(try WeightFile.read(path, fingerprint: "f") == nil)
  }

  @Test func otherFingerprintIsRefused() throws {
    try WeightFile.write(WrittenNetwork(network), to: path, fingerprint: "f")
    #expect(throws: WeightFile.Failure.otherFingerprint(path: path)) {
      try WeightFile.read(path, fingerprint: "g")
    }
  }

  @Test func fileCutAnywhereIsRefused() throws {
    try WeightFile.write(WrittenNetwork(network), to: path, fingerprint: "f")
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var random = RandomStream(seed: 50)
    let cuts =
      [0, 1, 7, 8, 9, whole.count - 1]
      + (0..<50).map { _ in random.index(below: whole.count) }
    for cut in cuts {
      try whole.prefix(cut).write(to: URL(fileURLWithPath: path))
      let failure = #expect(throws: WeightFile.Failure.self, "cut at \(cut)") {
        try WeightFile.read(path, fingerprint: "f")
      }
      guard case .cutShort(path, cut, _)? = failure else {
        Issue.record("cut at \(cut): \(String(describing: failure))")
        continue
      }
    }
  }

  /// Damage never traps, and never leaves a network half loaded.
  @Test func fileWithAnyByteChangedIsReadOrRefused() throws {
    try WeightFile.write(WrittenNetwork(network), to: path, fingerprint: "f")
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var random = RandomStream(seed: 51)
    for _ in 0..<300 {
      var damaged = whole
      let place = random.index(below: min(whole.count, 500))
      damaged[damaged.startIndex + place] = UInt8(random.index(below: 256))
      try damaged.write(to: URL(fileURLWithPath: path))
      var other = fresh()
      do {
        guard let file = try WeightFile.read(path, fingerprint: "f") else { continue }
        try other.load(file, from: path)
      } catch {
        #expect(other == fresh())
      }
    }
  }

  struct Claim: Sendable, CustomTestStringConvertible {
    var reason: String
    var entry: String
    /// What the error says.
    var says: String
    var testDescription: String { reason }
  }

  static let claims = [
    Claim(
      reason: "ends behind the file", entry: #"{"dtype":"F32","shape":[5],"data_offsets":[0,20]}"#,
      says: "cutShort"),
    Claim(
      reason: "ends far behind the file",
      entry:
        #"{"dtype":"F32","shape":[4],"data_offsets":[9223372036854775791,9223372036854775807]}"#,
      says: "cutShort"),
    Claim(
      reason: "offset too large for an integer",
      entry: #"{"dtype":"F32","shape":[4],"data_offsets":[0,99999999999999999999]}"#,
      says: "its header is not safetensors'"),
    Claim(
      reason: "begins before the file",
      entry: #"{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}"#, says: "has impossible offsets"),
    Claim(
      reason: "runs backwards", entry: #"{"dtype":"F32","shape":[1],"data_offsets":[8,4]}"#,
      says: "has impossible offsets"),
    Claim(
      reason: "one offset", entry: #"{"dtype":"F32","shape":[1],"data_offsets":[4]}"#,
      says: "has impossible offsets"),
    Claim(
      reason: "shape larger than its bytes",
      entry: #"{"dtype":"F32","shape":[5],"data_offsets":[0,16]}"#,
      says: "has a shape that its bytes do not fill"),
    Claim(
      reason: "shape smaller than its bytes",
      entry: #"{"dtype":"F32","shape":[3],"data_offsets":[0,16]}"#,
      says: "has a shape that its bytes do not fill"),
    Claim(
      reason: "shape that overflows",
      entry: #"{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}"#,
      says: "has an impossible shape"),
    Claim(
      reason: "shape that overflows to what is there",
      entry: #"{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,16]}"#,
      says: "has an impossible shape"),
    Claim(
      reason: "negative shape", entry: #"{"dtype":"F32","shape":[-2,-2],"data_offsets":[0,16]}"#,
      says: "has an impossible shape"),
    Claim(
      reason: "bytes that are no whole numbers",
      entry: #"{"dtype":"F32","shape":[1],"data_offsets":[0,5]}"#,
      says: "has a shape that its bytes do not fill"),
    Claim(
      reason: "other type", entry: #"{"dtype":"F8_E4M3","shape":[16],"data_offsets":[0,16]}"#,
      says: "is of a type that is not read"),
    Claim(
      reason: "overlaps another",
      entry:
        #"{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"other":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}"#,
      says: "overlaps 'other'"),
    Claim(
      reason: "overlaps a little",
      entry:
        #"{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"other":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}"#,
      says: "overlaps"),
    Claim(reason: "no object", entry: "7", says: "its header is not safetensors'"),
    Claim(reason: "no JSON", entry: "{", says: "its header is not safetensors'"),
  ]

  @Test(arguments: claims)
  func impossibleClaimIsRefused(claim: Claim) throws {
    try write(#"{"__metadata__":{"waymark.fingerprint":"f"},"x":"# + claim.entry + "}")
    let failure = #expect(throws: WeightFile.Failure.self) {
      try WeightFile.read(path, fingerprint: "f")
    }
    let said =
      switch try #require(failure) {
      case .notWeights(_, let reason): reason
      case let other: "\(other)"
      }
    #expect(said.contains(claim.says), "\(said)")
  }

  /// The row that shows that the rows above fail for the reason they name.
  @Test func possibleClaimIsRead() throws {
    try write(
      #"{"__metadata__":{"waymark.fingerprint":"f"},"x":{"dtype":"F32","shape":[2,1],"#
        + #""data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#)
    let file = try #require(try WeightFile.read(path, fingerprint: "f"))
    #expect(file.tensors == ["x": Tensor([2, 1], [1, 2]), "y": Tensor([2], [3, 4])])
  }

  @Test(arguments: [UInt64.max, 1 << 62, 1 << 21])
  func hugeHeaderIsRefused(length: UInt64) throws {
    try withUnsafeBytes(of: length.littleEndian) { Data($0) }
      .write(to: URL(fileURLWithPath: path))
    #expect(throws: WeightFile.Failure.self) { try WeightFile.read(path, fingerprint: "f") }
  }

  @Test func weightsOfAnotherNetworkAreRefusedWhole() throws {
    var other = network
    other.growHeads(to: 5, random: RandomStream(seed: 1))
    try WeightFile.write(WrittenNetwork(other), to: path, fingerprint: "f")
    let file = try #require(try WeightFile.read(path, fingerprint: "f"))
    var target = fresh()
    #expect(
      throws: WeightFile.Failure.otherShape(
        path: path, parameter: "fc.weight", expected: [2, 27], found: [5, 27])
    ) { try target.load(file, from: path) }
    #expect(target == fresh())
  }

  @Test func deviceIsNoFileOfWeights() throws {
    #expect(throws: WeightFile.Failure.self) {
      try WeightFile.read("/dev/zero", fingerprint: "f")
    }
  }

  @Test func fileThatCannotBeWrittenLeavesNothing() throws {
    #expect(throws: (any Error).self) {
      try WeightFile.write(WrittenNetwork(network), to: folder.path + "/deep/net", fingerprint: "f")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  /// A header and the numbers 1 to 4.
  private func write(_ header: String) throws {
    var data = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    data.append(contentsOf: header.utf8)
    for number in 1...4 {
      withUnsafeBytes(of: Float(number).bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    try data.write(to: URL(fileURLWithPath: path))
  }
}
