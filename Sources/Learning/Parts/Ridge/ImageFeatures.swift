public import Datasets
public import Networks
public import Tensors

/// What a closed-form classifier reads of an image: histograms of oriented gradients, and what a
/// frozen network makes of it, coarse and fine, side by side.
public struct ImageFeatures: Codable, Hashable, Sendable {
  /// Parts along a side, over which each of the network's scales is averaged.
  static let side = 4

  public var gradients: OrientedGradients?
  public var usesNetwork: Bool

  public init(gradients: OrientedGradients?, usesNetwork: Bool) {
    self.gradients = gradients
    self.usesNetwork = usesNetwork
  }

  /// Features of an image of the size that `architecture` takes.
  public func count(_ architecture: Architecture) -> Int {
    var count = 0
    if usesNetwork {
      let shapes = architecture.shapes
      for layer in Self.layers(of: architecture) {
        switch shapes[layer] {
        case .image(_, _, let channels): count += Self.side * Self.side * channels
        case .vector(let length): count += length
        }
      }
    }
    if case .image(let height, let width, let channels) = architecture.input, let gradients {
      count += gradients.count(of: ImageShape(height: height, width: width, channels: channels))
    }
    return count
  }

  /// The layers whose values are read: the network's scales, or the last layer where it has none.
  private static func layers(of architecture: Architecture) -> [Int] {
    let scales = architecture.scales
    return scales.isEmpty ? Array(architecture.layers.indices.suffix(1)) : scales
  }

  /// - Parameter images: [N, height, width, channels] → [N, features]
  public func values(_ images: Tensor, _ network: Network, on device: Device) -> Tensor {
    var parts: [Tensor] = []
    if usesNetwork {
      let layers = Self.layers(of: network.architecture)
      parts.append(network.features(images, at: layers, side: Self.side, on: device))
    }
    if let gradients { parts.append(gradients.features(images, on: device.pool)) }
    return .sideBySide(parts)
  }
}
