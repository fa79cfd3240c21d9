public import Networks
public import Tensors

/// The maps of a layer for one image, with figures of each.
public struct ChannelMaps: Hashable, Sendable {
  public struct Channel: Hashable, Sendable {
    /// From 0.
    public let number: Int
    public let map: PixelMap
    public let mean: Float
    /// The share of values that are not above 0: behind a ReLU, of zeros.
    public let silence: Double
  }

  public let layer: MapLayer
  /// In their order.
  public let channels: [Channel]

  /// - Parameter image: [1, height, width, channels], as the network reads it.
  public init(_ network: Network, _ image: Tensor, at layer: MapLayer, on device: Device) {
    let values = network.values(image, at: layer, on: device).elements
    self.layer = layer
    channels = (0..<layer.channels).map { channel in
      let numbers = stride(from: channel, to: values.count, by: layer.channels).map { values[$0] }
      let sum = numbers.reduce(0) { $0 + Double($1) }
      return Channel(
        number: channel,
        map: PixelMap(height: layer.height, width: layer.width, values: numbers),
        mean: Float(sum / Double(numbers.count)),
        silence: Double(numbers.count { $0 <= 0 }) / Double(numbers.count))
    }
  }

  /// The largest mean first, of equals in their order.
  public var mostActiveFirst: [Channel] {
    channels.sorted { ($1.mean, $0.number) < ($0.mean, $1.number) }
  }
}
