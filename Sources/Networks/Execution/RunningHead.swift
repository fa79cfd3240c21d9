import Tensors

/// A head with its memory.
struct RunningHead: Sendable {
  private let inputs: Int
  private let outputs: Int
  /// Where the weights begin in the network's block; the bias follows them, or a cosine head's σ.
  private let weights: Int
  private var bias: Int { weights + inputs * outputs }
  /// [capacity, outputs]
  private let memory: AlignedMemory
  /// Of the logits; when training.
  private let gradients: AlignedMemory?
  private let cosine: CosineHead?

  init(_ head: Head, inputs: Int, weights: Int, capacity: Int, training: Bool) {
    self.inputs = inputs
    self.weights = weights
    outputs = head.outputs
    memory = AlignedMemory(capacity * outputs)
    gradients = training ? AlignedMemory(capacity * outputs) : nil
    cosine =
      head.kind == .cosine
      ? CosineHead(inputs: inputs, outputs: outputs, capacity: capacity, training: training) : nil
  }

  /// [count, outputs]
  func logits(count: Int) -> Tensor {
    Tensor([count, outputs], memory.array(count: count * outputs))
  }

  /// Puts the logits' gradient where the way back begins.
  func take(_ gradient: Tensor) {
    gradient.elements.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      forTraining(gradients).base.update(from: base, count: source.count)
    }
  }

  func forward(_ pass: ForwardPass) {
    let (features, w) = (pass.workspace.features, pass.weights + weights)
    if let cosine {
      return cosine.forward(features, count: pass.count, weights: w, into: memory.base, pass.pool)
    }
    Linear.forward(
      features, weights: w, bias: pass.weights + bias, images: pass.count, inputs: inputs,
      outputs: outputs, slope: 1, into: memory.base, on: pass.pool)
  }

  /// - Parameter adding: Whether to add to the features' gradient, not to replace it.
  func backward(_ pass: BackwardPass, adding: Bool) {
    let (features, dx) = (pass.workspace.features, pass.workspace.featureGradient)
    let (dy, w) = (forTraining(gradients).base, pass.weights + weights)
    if let cosine {
      return cosine.backward(
        dy, count: pass.count, weights: w, into: pass.gradient + weights, adding: adding, dx,
        pass.pool)
    }
    pass.addProducts(
      dy, features, inputs: inputs, outputs: outputs, weights: weights, bias: bias)
    Linear.backwardInput(
      dy, weights: w, images: pass.count, inputs: inputs, outputs: outputs, adding: adding,
      into: dx, on: pass.pool)
  }
}
