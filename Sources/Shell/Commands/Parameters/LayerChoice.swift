import CommandLanguage
import Networks
import PlainText

/// `layer=`: which layer of a network is looked at.
enum LayerChoice {
  /// What the parts are called that completion asks for.
  static let layerNoun = "layer"
  static let convolutionNoun = "convolution"

  /// The layer of a name among those that can be seen.
  ///
  /// - Parameters:
  ///   - network: What the network goes by.
  ///   - isConvolution: Whether only a convolution will do.
  ///   - isLast: Whether the last convolution is meant where no layer is named, and not the first.
  static func layer(
    _ parameter: CommandLanguage.Parameter<String?>, _ arguments: Arguments,
    of architecture: Architecture,
    _ network: String, isConvolution: Bool = false, isLast: Bool = false
  ) throws -> MapLayer {
    let all = architecture.mapLayers
    let convolutions = all.filter(\.isConvolution)
    guard let usual = isLast ? convolutions.last : convolutions.first else {
      throw ModelProblem.noConvolution(name: network)
    }
    guard let name = arguments[parameter] else { return usual }
    let suitable = isConvolution ? convolutions : all
    guard let layer = suitable.first(where: { $0.name == name }) else {
      throw ModelProblem.noLayer(
        name, of: network, known: suitable.map(\.name), parameter: parameter.name)
    }
    return layer
  }
}

extension MapLayer {
  /// `conv2 with bn2 and ReLU, 64 channels of 16×16`.
  var described: String {
    let others = parts.dropFirst()
    return name + (others.isEmpty ? "" : " with " + Array(others).joined(with: "and"))
      + ", \(channels) channel\(channels == 1 ? "" : "s") of \(height)×\(width)"
  }
}
