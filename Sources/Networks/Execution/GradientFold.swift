public import Tensors

/// What is made of each image's gradient of a weight before those of all images are added up.
public enum GradientFold: Sendable {
  case sum
  case squares
  case magnitudes
}

extension BackwardPass {
  /// Adds the gradient of a linear layer's weights, dyᵀ·x, or that of their squares or magnitudes:
  /// (dy·x)² = dy²·x², image by image.
  ///
  /// - Parameters:
  ///   - dy: [count, outputs]
  ///   - x: [count, inputs]
  ///   - weights: Where they begin in the network's block; `bias` too.
  func addProducts(
    _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>, inputs: Int, outputs: Int, weights: Int,
    bias: Int?
  ) {
    guard fold != .sum else {
      return Linear.backwardWeights(
        dy, x, images: count, inputs: inputs, outputs: outputs, into: gradient + weights,
        bias: bias.map { gradient + $0 }, on: pool)
    }
    withFolded(dy, count * outputs) { dy in
      withFolded(x, count * inputs) { x in
        Linear.backwardWeights(
          dy, x, images: count, inputs: inputs, outputs: outputs, into: gradient + weights,
          bias: bias.map { gradient + $0 }, on: pool)
      }
    }
  }

  private func withFolded(
    _ values: UnsafePointer<Float>, _ count: Int, _ body: (UnsafePointer<Float>) -> Void
  ) {
    let folded = AlignedMemory(count)
    for i in 0..<count {
      folded.base[i] = fold == .squares ? values[i] * values[i] : abs(values[i])
    }
    body(folded.base)
  }
}

extension Network {
  /// The same as an evaluation pass, but adds up the squares or the magnitudes of the images' own
  /// gradients; the network has to be a perceptron.
  ///
  /// - Parameter loss: Of which each row of the gradient is one image's own.
  public func foldedPass(
    _ images: Tensor, on device: Device, _ fold: GradientFold, into gradient: inout Block,
    loss: (Outputs) -> OutputLoss
  ) {
    precondition(architecture.isPerceptron, "products of other layers are not known image by image")
    let use = Workspace.Use(architecture: architecture, training: true)
    _ = pass(
      images, on: device, use, mode: .evaluation, fold: fold, into: &gradient, loss: loss
    ) { _, _ in }
  }
}
