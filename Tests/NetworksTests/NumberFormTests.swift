import Foundation
import Networks
import Randomness
import Tensors
import Testing

/// How numbers lie in files of weights.
struct NumberFormTests {
  private func bytes(_ words: [UInt16]) -> [UInt8] {
    words.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  /// IEEE 754's binary16: the values that its standard names, and some between.
  @Test func halfPrecision() {
    let values: [(UInt16, Float)] = [
      (0x0000, 0), (0x3C00, 1), (0xC000, -2), (0x3555, 0.333251953125), (0x7BFF, 65504),
      (0x0400, 0x1p-14), (0x0001, 0x1p-24), (0x83FF, -1023 * 0x1p-24), (0x7C00, .infinity),
      (0xFC00, -.infinity), (0xB800, -0.5),
    ]
    bytes(values.map(\.0)).withUnsafeBytes { buffer in
      #expect(ElementType.float16.floats(buffer) == values.map(\.1))
    }
    bytes([0x8000, 0x7C01, 0xFE00]).withUnsafeBytes { buffer in
      let floats = ElementType.float16.floats(buffer)
      #expect(floats[0].sign == .minus && floats[0] == 0)
      #expect(floats[1].isNaN && floats[2].isNaN)
    }
  }

  /// The upper half of a float's bits.
  @Test func brainFloats() {
    bytes([0x3F80, 0xC040, 0x7F80, 0x0000, 0x3EAB]).withUnsafeBytes { buffer in
      #expect(
        ElementType.bfloat16.floats(buffer) == [
          1, -3, .infinity, 0, Float(bitPattern: 0x3EAB_0000),
        ])
    }
  }

  @Test func doublesAreRounded() {
    [1.0 / 3, -1e-300, 2].withUnsafeBytes { buffer in
      #expect(ElementType.float64.floats(buffer) == [1.0 / 3, 0, 2])
    }
    let sizes = [ElementType.float16, .bfloat16, .float32, .float64].map(\.size)
    #expect(sizes == [2, 2, 4, 8])
  }

  private func read(_ header: String, numbers: [UInt8]) throws -> WeightFile {
    var bytes = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init)
    bytes += Array(header.utf8) + numbers
    return try bytes.withUnsafeBytes { try WeightFile(safetensors: $0, path: "x") }
  }

  /// Whole numbers of every size are passed over, and what lies behind them is found.
  @Test(arguments: [("I64", 8), ("I32", 4), ("I16", 2), ("I8", 1), ("U8", 1), ("BOOL", 1)])
  func wholeNumbersArePassedOver(type: String, size: Int) throws {
    let header = """
      {"n":{"dtype":"\(type)","shape":[3],"data_offsets":[0,\(3 * size)]},\
      "w":{"dtype":"F32","shape":[1],"data_offsets":[\(3 * size),\(3 * size + 4)]}}
      """
    let file = try read(
      header, numbers: [UInt8](repeating: 7, count: 3 * size) + [0, 0, 0x80, 0x3F])
    #expect(file.tensors == ["w": Tensor([1], [1])])
  }

  @Test(arguments: [0, 1, 7])
  func aFileShorterThanAHeadersLengthSaysSo(count: Int) {
    let bytes = [UInt8](repeating: 0, count: count)
    #expect(
      throws: WeightFile.Failure.cutShort(path: "x", size: count, within: "the header's length")
    ) {
      try bytes.withUnsafeBytes { try WeightFile(safetensors: $0, path: "x") }
    }
  }

  @Test(arguments: ["[0]", "[0,4,8]", "[4,0]", "[-4,0]"])
  func offsetsAreTwo(offsets: String) {
    let header = #"{"w":{"dtype":"F32","shape":[1],"data_offsets":\#(offsets)}}"#
    #expect(
      throws: WeightFile.Failure.notWeights(path: "x", reason: "'w' has impossible offsets")
    ) { try read(header, numbers: [UInt8](repeating: 0, count: 8)) }
  }

  /// A network with running statistics, written and read: they lie behind the weights, and the numbers
  /// begin at a multiple of eight bytes, as the format's own program wants it.
  @Test func statisticsAreWrittenAndRead() throws {
    let folder = NSTemporaryDirectory() + "waymark-numbers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let architecture = try Architecture(
      name: "net", input: .image(height: 4, width: 4, channels: 2),
      layers: [
        .convolution(name: "conv1", outputs: 3, kernel: 3, padding: 1),
        .batchNormalization(name: "bn1"),
      ], heads: [Head(name: "fc", outputs: 2)])
    for name in ["a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"] {
      var network = Network(
        architecture, initialization: .pytorch, random: RandomStream(seed: 1))
      for index in network.statistics.elements.indices {
        network.statistics.elements[index] = Float(index) + 0.5
      }
      let path = "\(folder)/net.safetensors"
      try WeightFile.write(WrittenNetwork(network), to: path, fingerprint: name)
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(length % 8 == 0)
      let file = try #require(try WeightFile.read(path, fingerprint: name))
      #expect(file.tensors["bn1.running_mean"] == Tensor([3], [0.5, 1.5, 2.5]))
      #expect(file.tensors["bn1.running_var"] == Tensor([3], [3.5, 4.5, 5.5]))
      #expect(try file.architecture(path: path) == architecture)
      var other = Network(
        architecture, initialization: .xavier, random: RandomStream(seed: 2))
      try other.load(file, from: path)
      #expect(other == network)

      // As many numbers in another order of extents are another tensor.
      var tensors = file.tensors
      tensors["conv1.weight"] = Tensor([2, 3, 3, 3], tensors["conv1.weight"]?.elements ?? [])
      #expect(
        throws: WeightFile.Failure.otherShape(
          path: path, parameter: "conv1.weight", expected: [3, 2, 3, 3], found: [2, 3, 3, 3])
      ) { try other.load(WeightFile(tensors: tensors), from: path) }
    }
  }

  /// What a file says of how the network was made is checked as everything else is.
  @Test func impossibleArchitectureIsRefused() throws {
    let architecture = try Architecture(
      name: "net", input: .vector(3), layers: [], heads: [Head(name: "fc", outputs: 2)])
    let text = String(decoding: try JSONEncoder().encode(architecture), as: UTF8.self)
    func read(_ text: String) throws -> Architecture? {
      try WeightFile(tensors: [:], metadata: ["waymark.architecture": text]).architecture(
        path: "x")
    }
    #expect(try read(text) == architecture)
    for damaged in [text.replacing("\"outputs\":2", with: "\"outputs\":0"), "{}", ""] {
      #expect(
        throws: WeightFile.Failure.notWeights(
          path: "x", reason: "the architecture in it is impossible")
      ) { try read(damaged) }
    }
  }
}
