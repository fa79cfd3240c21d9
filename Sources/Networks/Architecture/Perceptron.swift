import Tensors

extension Architecture {
  /// A multilayer perceptron: the image's values in a row, then for each width a linear layer and ReLU,
  /// then the head. Two layers of 400 are what van de Ven et al. 2022 and Hsu et al. 2018 learn split
  /// MNIST with.
  ///
  /// - Parameter widths: Of the hidden layers, from the images to the head.
  public static func perceptron(
    _ widths: [Int], input: LayerShape, outputs: Int
  ) throws(ArchitectureError) -> Architecture {
    try Architecture(
      name: "MLP", input: input,
      layers: [.flatten]
        + widths.enumerated().flatMap { index, width -> [Layer] in
          [.dense(name: "fc\(index + 1)", outputs: width), .activation(.relu)]
        },
      heads: [Head(name: "fc", outputs: outputs)])
  }
}
