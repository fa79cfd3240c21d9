import Tensors

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
      case .layer(let layer as ConvolutionLayer): begin(layer.name, isConvolution: true)
      case .layer(is MaxPoolLayer): begin(numbered("pool"))
      case .layer(let layer as BatchNormalizationLayer):
        if isOpen { extend(layer.name) } else { begin(layer.name) }
      case .layer(let layer as ActivationLayer) where isOpen: extend(layer.activation.title)
      case .layer(let layer) where isOpen && layer.isIdentityAtEvaluation: extend(nil)
      case .layer: break
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

extension Activation {
  /// nil for none.
  fileprivate var title: String? {
    switch self {
    case .none: nil
    case .relu: "ReLU"
    case .leakyRelu: "leaky ReLU"
    }
  }
}
