public import Networks
import Tensors

/// The weights of one output channel of a convolution.
public struct Filter: Hashable, Sendable {
  /// From 0.
  public let number: Int
  public let size: Int
  /// [channels][size, size]
  public let kernels: [[Float]]

  /// The filters of a convolution, in order; none if the network has none of this name.
  public static func all(of layer: MapLayer, in network: Network) -> [Filter] {
    guard let parameter = network.architecture.kernels(of: layer) else { return [] }
    let (outputs, channels, size) = (parameter.shape[0], parameter.shape[1], parameter.shape[2])
    let weights = network.tensor(parameter).elements
    return (0..<outputs).map { output in
      Filter(
        number: output, size: size,
        kernels: (0..<channels).map { channel in
          let start = (output * channels + channel) * size * size
          return Array(weights[start..<start + size * size])
        })
    }
  }

  private var weights: some Sequence<Float> { kernels.joined() }

  /// √Σw²
  public var norm: Double { weights.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
  public var smallest: Float { weights.min() ?? 0 }
  public var largest: Float { weights.max() ?? 0 }

  /// The kernel that reads one input channel.
  public func kernel(_ channel: Int) -> PixelMap {
    PixelMap(height: size, width: size, values: kernels[channel])
  }

  /// The mean of the kernels of all input channels.
  public var mean: PixelMap {
    PixelMap(
      height: size, width: size,
      values: (0..<size * size).map { place in
        kernels.reduce(Float(0)) { $0 + $1[place] } / Float(kernels.count)
      })
  }
}
