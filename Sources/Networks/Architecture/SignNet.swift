import Tensors

extension Architecture {
  /// A small modern network for 32×32 road signs: five 3×3 convolutions at three scales, each
  /// batch-normalized, and a linear head.
  static func signNet(
    input: LayerShape, outputs: Int
  ) throws(ArchitectureError) -> Architecture {
    var layers: [Layer] = []
    for (index, width) in [32, 32, 64, 64, 128].enumerated() {
      layers += [
        .convolution(name: "conv\(index + 1)", outputs: width, kernel: 3, padding: 1),
        .batchNormalization(name: "bn\(index + 1)"), .activation(.relu),
      ]
      if index != 0, index != 2 { layers.append(.maxPool) }
    }
    return try Architecture(
      name: "SignNet", input: input, layers: layers + [.flatten],
      heads: [Head(name: "fc", outputs: outputs)])
  }
}
