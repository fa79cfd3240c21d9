public import Tensors

/// The layers there are.
extension Layer {
  /// Without a bias where batch normalization follows at once: the mean would take it out again.
  public static func convolution(
    name: String, outputs: Int, kernel: Int, padding: Int
  ) -> Layer {
    Layer(ConvolutionLayer(name: name, outputs: outputs, kernel: kernel, padding: padding))
  }

  /// Per channel: mean 0 and variance 1 over the batch in training, by running statistics at
  /// evaluation; then a learned scale and shift (Ioffe and Szegedy 2015).
  public static func batchNormalization(name: String) -> Layer {
    Layer(BatchNormalizationLayer(name: name))
  }

  public static func activation(_ activation: Activation) -> Layer {
    Layer(ActivationLayer(activation: activation))
  }

  /// 2×2 maxima, stride 2; an odd last row or column is dropped.
  public static var maxPool: Layer { Layer(MaxPoolLayer()) }

  /// What each pooling before hands on and what comes in, averaged over a grid of `side` × `side`
  /// parts, side by side: a vector with features of several scales (Sermanet and LeCun 2011).
  public static func scales(side: Int) -> Layer { Layer(ScalesLayer(side: side)) }

  /// [height, width, channels] → vector, channel by channel as PyTorch orders it.
  public static var flatten: Layer { Layer(FlattenLayer()) }

  /// [height, width, channels] → vector of the channels' means.
  public static var globalAveragePool: Layer { Layer(GlobalAveragePoolLayer()) }

  /// Without a bias where batch normalization follows at once.
  public static func dense(name: String, outputs: Int) -> Layer {
    Layer(DenseLayer(name: name, outputs: outputs))
  }

  /// In training each value is 0 with probability `rate` (Srivastava et al. 2014).
  public static func dropout(rate: Float) -> Layer { Layer(DropoutLayer(rate: rate)) }

  /// Divides each image's features by their L2 norm.
  public static var normalize: Layer { Layer(NormalizeLayer()) }

  /// x + body(x) (He et al. 2016); the body hands on the shape that it gets.
  public static func residual(_ layers: [Layer]) -> Layer { Layer(ResidualLayer(layers: layers)) }

  /// Every kind there is, in the order of the words in help.
  private static let kinds: [any LayerKind.Type] = [
    ConvolutionLayer.self, BatchNormalizationLayer.self, ActivationLayer.self, MaxPoolLayer.self,
    GlobalAveragePoolLayer.self, ScalesLayer.self, FlattenLayer.self, DenseLayer.self,
    DropoutLayer.self, NormalizeLayer.self, ResidualLayer.self,
  ]

  /// How `define model layers=[…]` names layers.
  package static let words = kinds.flatMap { $0.words }
}

/// In files a layer is a dictionary with one key, its kind's: `{"maxPool":{}}`.
extension Layer: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let found = fields.allKeys.compactMap { key in
      Self.kinds.first { $0.key == key.stringValue }.map { (key: key, kind: $0) }
    }
    guard found.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "not one key of a layer's kind"))
    }
    self.init(try fields.decode(found[0].kind, forKey: found[0].key))
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(kind, forKey: Key(stringValue: type(of: kind).key))
  }
}

/// Its layers are placed in line with the rest, between its two ends.
package struct ResidualLayer: LayerKind {
  package let layers: [Layer]

  private enum CodingKeys: String, CodingKey {
    case layers = "_0"
  }

  static let key = "residual"
  static let words = [
    LayerWord(
      "residual(LAYER, …)", "Adds what goes in to what comes out.", arguments: 1...20,
      holdsLayers: true
    ) { arguments, names in .residual(try arguments.layers(&names)) }
  ]

  var body: [Layer]? { layers }
}
