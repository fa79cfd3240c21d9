import Tensors

extension Architecture {
  /// The networks that are there, by the names they have at the prompt: the notebook's and one more.
  public static let presets = ["simplecnn", "simplecnn2", "dercnn", "signnet"]

  /// - Parameters:
  ///   - preset: One of `presets`.
  ///   - outputs: Classes of the head, or of each of two heads for `dercnn`.
  /// - Returns: nil for an unknown name.
  public static func preset(
    _ preset: String, input: LayerShape, outputs: Int
  ) throws(ArchitectureError) -> Architecture? {
    switch preset {
    case "simplecnn": try simpleCNN(input: input, outputs: outputs)
    case "simplecnn2": try simpleCNN2(input: input, outputs: outputs)
    case "dercnn": try derCNN(input: input, outputs: outputs)
    case "signnet": try signNet(input: input, outputs: outputs)
    default: nil
    }
  }

  private static let pooledRelu: [Layer] = [.activation(.relu), .maxPool]
  private static let pooledLeaky: [Layer] = [.activation(.leakyRelu(slope: 0.01)), .maxPool]

  /// The notebook's § 3: three convolutions with leaky ReLU.
  private static func simpleCNN(
    input: LayerShape, outputs: Int
  ) throws(ArchitectureError) -> Architecture {
    try Architecture(
      name: "SimpleCNN", input: input,
      layers: [.convolution(name: "conv1", outputs: 32, kernel: 5, padding: 2)] + pooledLeaky
        + [.convolution(name: "conv2", outputs: 64, kernel: 3, padding: 1)] + pooledLeaky
        + [
          .convolution(name: "conv3", outputs: 64, kernel: 3, padding: 1),
          .activation(.leakyRelu(slope: 0.01)), .flatten,
        ],
      heads: [Head(name: "fc", outputs: outputs)])
  }

  /// The notebook's § 3: two convolutions and a hidden linear layer, ReLU.
  private static func simpleCNN2(
    input: LayerShape, outputs: Int
  ) throws(ArchitectureError) -> Architecture {
    try Architecture(
      name: "SimpleCNN2", input: input,
      layers: twoConvolutions + [.dense(name: "fc1", outputs: 128), .activation(.relu)],
      heads: [Head(name: "fc", outputs: outputs)])
  }

  /// The notebook's § 10: features normalized to length 1, a main and an auxiliary head.
  private static func derCNN(
    input: LayerShape, outputs: Int
  ) throws(ArchitectureError) -> Architecture {
    try Architecture(
      name: "DER_CNN", input: input,
      layers: twoConvolutions
        + [.dense(name: "feature_fc", outputs: 128), .activation(.relu), .normalize],
      heads: [
        Head(name: "classifier", outputs: outputs), Head(name: "aux_classifier", outputs: outputs),
      ])
  }

  private static let twoConvolutions: [Layer] =
    [.convolution(name: "conv1", outputs: 32, kernel: 3, padding: 1)] + pooledRelu
    + [.convolution(name: "conv2", outputs: 64, kernel: 3, padding: 1)] + pooledRelu + [.flatten]
}
