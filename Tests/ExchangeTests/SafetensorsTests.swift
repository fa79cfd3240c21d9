import Exchange
import Foundation
import Networks
import Randomness
import Tensors
import TestSupport
import Testing

struct SafetensorsTests {
  /// A network whose running statistics are not those that a new one begins with.
  private static func trained(_ architecture: Architecture) -> Network {
    var network = Network(architecture, initialization: .pytorch, random: .init(seed: 4))
    for index in network.statistics.elements.indices {
      network.statistics.elements[index] = 0.5 + Float(index)
    }
    return network
  }

  /// Under PyTorch's names of the buffers.
  @Test func runningStatisticsAreInTheFile() throws {
    let folder = try ScratchFolder()
    let input = LayerShape.image(height: 16, width: 16, channels: 3)
    let network = Self.trained(try Preset.signNet.architecture(input: input, outputs: 5))
    let path = folder("net.safetensors")
    try WeightFile.write(WrittenNetwork(network), to: path)
    let tensors = try WeightFile.read(path).tensors
    #expect(tensors["bn1.running_mean"]?.elements == (0..<32).map { 0.5 + Float($0) })
    #expect(tensors["bn1.running_var"]?.elements == (32..<64).map { 0.5 + Float($0) })
    #expect(tensors["bn5.running_var"]?.shape == [128])
  }

  @Test(arguments: Preset.all)
  func networksByNameComeBackFromTheirFile(preset: Preset) throws {
    let folder = try ScratchFolder()
    let input = LayerShape.image(height: 16, width: 16, channels: 3)
    let architecture = try preset.architecture(input: input, outputs: 5)
    let network = Self.trained(architecture)
    let path = folder("net.safetensors")
    try WeightFile.write(WrittenNetwork(network), to: path)
    #expect(try NetworkImport.network(path, like: nil) == network)
  }

  /// Without Waymark's metadata, as PyTorch's users write it.
  @Test(arguments: Preset.all)
  func networksByNameAreKnownByTheirTensors(preset: Preset) throws {
    let folder = try ScratchFolder()
    // The smallest of the sizes that leave as many pixels behind the poolings.
    let input = LayerShape.image(height: 24, width: 24, channels: 1)
    let architecture = try preset.architecture(input: input, outputs: 7)
    let network = Self.trained(architecture)
    let path = folder("net.safetensors")
    try WeightFile.write(WrittenNetwork(network), to: path)
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let key = Array("waymark.architecture".utf8)
    let place = try #require(bytes.firstRange(of: key)?.lowerBound)
    bytes[place] = UInt8(ascii: "x")
    #expect(
      try NetworkImport.network(folder.write(bytes, to: "plain.safetensors"), like: nil) == network)
  }

  @Test func impossibleArchitectureIsRefused() throws {
    let folder = try ScratchFolder()
    let path = folder("net.safetensors")
    try WeightFile.write(WrittenNetwork(try SmallNetwork.network()), to: path)
    let text = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    #expect(text.contains(#"\"kernel\":3"#))
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let place = try #require(bytes.firstRange(of: Array(#"\"kernel\":3"#.utf8)))
    bytes[place.upperBound - 1] = UInt8(ascii: "9")
    #expect(throws: WeightFile.Failure.self) {
      try NetworkImport.network(folder.write(bytes, to: "other.safetensors"), like: nil)
    }
  }

  @Test func damagedFilesAreReadOrRefused() throws {
    let folder = try ScratchFolder()
    let path = folder("net.safetensors")
    try WeightFile.write(WrittenNetwork(try SmallNetwork.network()), to: path)
    let whole = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    var mutations = Mutations(of: [whole], seed: 7)
    var read = 0
    for _ in 0..<Mutations.count(5_000) {
      let bytes = mutations.next()
      guard let file = try? bytes.withUnsafeBytes({ try WeightFile(safetensors: $0, path: "x") })
      else {
        continue
      }
      #expect(file.tensors.values.reduce(0) { $0 + $1.count } <= bytes.count / 2)
      read += 1
    }
    #expect(read > 0)
  }
}
