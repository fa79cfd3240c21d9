/// A layer that hands on images, whose channels are maps that can be looked at.
///
/// Batch normalization and the activation right behind a convolution, a pooling or a residual block
/// are part of it.
public struct MapLayer: Hashable, Sendable {
  /// A convolution's as its weights have it, such as `conv2`; `pool1`, `block1` of what has none.
  public let name: String
  /// All that is part of it, in order: `conv2`, `bn2`, `ReLU`.
  public fileprivate(set) var parts: [String]
  public let height: Int
  public let width: Int
  public let channels: Int
  public let isConvolution: Bool
  /// Where the last part stands among the placed layers.
  fileprivate(set) var place: Int
}

/// What a kind of layer is among those whose maps can be looked at.
enum MapRole {
  /// A layer of its own, with filters.
  case convolution(name: String)
  /// A layer of its own, called by its kind and a number: `pool1`.
  case numbered(String)
  /// A part of the layer before it.
  case part(name: String?, mayStandAlone: Bool = false)
  /// Nothing that can be seen.
  case none
}

extension Architecture {
  /// The layers that hand on images, in order.
  public var mapLayers: [MapLayer] {
    var layers: [MapLayer] = []
    // Whether what comes next may be part of the last one.
    var isOpen = false
    var counts: [String: Int] = [:]
    func numbered(_ kind: String) -> String {
      counts[kind, default: 0] += 1
      return "\(kind)\(counts[kind] ?? 1)"
    }
    for (place, placed) in placed.enumerated() {
      guard case .image(let height, let width, let channels) = placed.output else { break }
      func begin(_ name: String, isConvolution: Bool = false) {
        layers.append(
          MapLayer(
            name: name, parts: [name], height: height, width: width, channels: channels,
            isConvolution: isConvolution, place: place))
        isOpen = true
      }
      func extend(_ part: String?) {
        if let part { layers[layers.count - 1].parts.append(part) }
        layers[layers.count - 1].place = place
      }
      switch placed.kind {
      case .enter: isOpen = false
      case .leave: begin(numbered("block"))
      case .layer(let layer):
        switch layer.mapRole {
        case .convolution(let name): begin(name, isConvolution: true)
        case .numbered(let kind): begin(numbered(kind))
        case .part(let name, _) where isOpen: extend(name)
        case .part(let name?, mayStandAlone: true): begin(name)
        case .part, .none: break
        }
      }
    }
    return layers
  }

  /// The weights of a convolution, [outputs, channels, kernel, kernel]; nil if there is none of this
  /// name.
  public func kernels(of layer: MapLayer) -> Parameter? {
    guard layer.isConvolution else { return nil }
    return parameters.first { $0.name == layer.name + ".weight" && $0.shape.count == 4 }
  }
}
