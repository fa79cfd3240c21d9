import Foundation
import Networks
import Randomness
import Tensors

/// The network of the golden state dicts (`scripts/reference/state_dicts.py`).
enum SmallNetwork {
  static func architecture() throws -> Architecture {
    try Architecture(
      name: "small", input: .image(height: 6, width: 6, channels: 2),
      layers: [.convolution(name: "conv1", outputs: 3, kernel: 3, padding: 1), .maxPool, .flatten],
      heads: [Head(name: "fc", outputs: 2)])
  }

  /// With the golden numbers: element i is (i mod 64 − 32) / 16.
  static func network() throws -> Network {
    var network = Network(
      try architecture(), initialization: .pytorch, random: RandomStream(seed: 3))
    for index in network.weights.elements.indices {
      network.weights.elements[index] = Float(index % 64 - 32) / 16
    }
    return network
  }

  static func golden(_ name: String) throws -> String {
    guard let path = Bundle.module.path(forResource: "Golden/" + name, ofType: nil) else {
      throw Missing(name: name)
    }
    return path
  }

  struct Missing: Error { var name: String }
}

final class ScratchFolder {
  let path = NSTemporaryDirectory() + "waymark-exchange-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self(name)))
    return self(name)
  }
}
