import Tensors

/// A layer of a network's body that has learned numbers.
public struct LearnedLayer: Hashable, Sendable {
  /// As summaries call it: `conv1`.
  public let name: String
  /// Of the layer, or of the residual block it is in, among the architecture's layers.
  public let position: Int
  /// Where its numbers lie in the network's weights.
  public let range: Range<Int>
}

extension Architecture {
  /// Those of the body, from the first to the last; what normalizes a batch counts as part of the
  /// layer before it.
  public var learnedLayers: [LearnedLayer] {
    var layers: [LearnedLayer] = []
    for placed in placed {
      guard let layer = placed.layer else { continue }
      var list = ParameterList()
      layer.addParameters(to: &list, of: placed)
      guard list.end.weights > 0, let first = list.parameters.first else { continue }
      let range = placed.start.weights..<placed.start.weights + list.end.weights
      if layer.removesMean, let last = layers.last, last.range.upperBound == range.lowerBound {
        layers[layers.count - 1] = LearnedLayer(
          name: last.name, position: placed.position,
          range: last.range.lowerBound..<range.upperBound)
      } else {
        let end = first.name.lastIndex(of: ".") ?? first.name.endIndex
        layers.append(
          LearnedLayer(
            name: String(first.name[..<end]), position: placed.position, range: range))
      }
    }
    return layers
  }
}
