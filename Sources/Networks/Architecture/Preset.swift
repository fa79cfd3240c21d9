import Tensors

/// A network that is there by name: the notebook's and one more.
public struct Preset: Sendable, CustomStringConvertible {
  /// At the prompt.
  public let name: String
  public let summary: String
  /// How the notebook draws its weights.
  public private(set) var initialization = Initialization.xavier
  /// What summaries and files call it.
  private let title: String
  private let layers: [Layer]
  private var heads = ["fc"]

  public var description: String { name }

  /// - Parameter outputs: Classes of every head.
  public func architecture(
    input: LayerShape, outputs: Int
  ) throws(ArchitectureError) -> Architecture {
    try Architecture(
      name: title, input: input, layers: layers,
      heads: heads.map { Head(name: $0, outputs: outputs) })
  }
}

extension Preset {
  public static let all = [simpleCNN, simpleCNN2, derCNN, signNet]

  public static func named(_ name: String) -> Preset? { all.first { $0.name == name } }

  /// The notebook's § 3.
  public static let simpleCNN = Preset(
    name: "simplecnn", summary: "three convolutions, leaky ReLU", title: "SimpleCNN",
    layers: [
      .convolution(name: "conv1", outputs: 32, kernel: 5, padding: 2), leaky, .maxPool,
      .convolution(name: "conv2", outputs: 64, kernel: 3, padding: 1), leaky, .maxPool,
      .convolution(name: "conv3", outputs: 64, kernel: 3, padding: 1), leaky, .flatten,
    ])

  /// The notebook's § 3.
  public static let simpleCNN2 = Preset(
    name: "simplecnn2", summary: "two convolutions and a hidden layer, ReLU", title: "SimpleCNN2",
    layers: twoConvolutions + [.dense(name: "fc1", outputs: 128), .activation(.relu)])

  /// The notebook's § 10: features normalized to length 1, a main and an auxiliary head.
  public static let derCNN = Preset(
    name: "dercnn", summary: "two heads on normalized features, for der-cnn",
    initialization: .pytorch, title: "DER_CNN",
    layers: twoConvolutions
      + [.dense(name: "feature_fc", outputs: 128), .activation(.relu), .normalize],
    heads: ["classifier", "aux_classifier"])

  /// A small modern network for 32×32 road signs, at three scales.
  public static let signNet = Preset(
    name: "signnet", summary: "five batch-normalized convolutions, the most accurate",
    title: "SignNet",
    layers: normalized(1, 32) + normalized(2, 32) + [.maxPool] + normalized(3, 64)
      + normalized(4, 64) + [.maxPool] + normalized(5, 128) + [.maxPool, .flatten])

  private static let leaky = Layer.activation(.leakyRelu(slope: 0.01))

  private static let twoConvolutions: [Layer] = [
    .convolution(name: "conv1", outputs: 32, kernel: 3, padding: 1), .activation(.relu), .maxPool,
    .convolution(name: "conv2", outputs: 64, kernel: 3, padding: 1), .activation(.relu), .maxPool,
    .flatten,
  ]

  private static func normalized(_ number: Int, _ outputs: Int) -> [Layer] {
    [
      .convolution(name: "conv\(number)", outputs: outputs, kernel: 3, padding: 1),
      .batchNormalization(name: "bn\(number)"), .activation(.relu),
    ]
  }
}
