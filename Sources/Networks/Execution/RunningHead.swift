import Tensors

/// A head as a plan has it.
struct PlannedHead: Hashable, Sendable {
  let inputs: Int
  let outputs: Int
  let isCosine: Bool
  /// Where the weights begin in the network's block; the bias follows them, or a cosine head's σ.
  let weights: Int
  var bias: Int { weights + inputs * outputs }
}

/// A head with its memory.
struct RunningHead: Sendable {
  private let head: PlannedHead
  /// [capacity, outputs]
  private let memory: AlignedMemory
  /// Of the logits; when training.
  private let gradients: AlignedMemory?
  private let cosine: CosineHead?

  init(_ head: PlannedHead, capacity: Int, training: Bool) {
    self.head = head
    memory = AlignedMemory(capacity * head.outputs)
    gradients = training ? AlignedMemory(capacity * head.outputs) : nil
    cosine = head.isCosine ? CosineHead(head, capacity: capacity, training: training) : nil
  }

  /// [count, outputs]
  func logits(count: Int) -> Tensor {
    Tensor([count, head.outputs], memory.array(count: count * head.outputs))
  }

  /// Puts the logits' gradient where the way back begins.
  func take(_ gradient: Tensor) {
    gradient.elements.withUnsafeBufferPointer { source in
      guard let base = source.baseAddress else { return }
      forTraining(gradients).base.update(from: base, count: source.count)
    }
  }

  func forward(_ pass: ForwardPass) {
    let features = UnsafePointer(pass.workspace.features)
    if let cosine {
      cosine.forward(
        features, count: pass.count, weights: pass.weights + head.weights, into: memory.base,
        on: pass.pool)
    } else {
      Linear.forward(
        features, weights: pass.weights + head.weights, bias: pass.weights + head.bias,
        images: pass.count, inputs: head.inputs, outputs: head.outputs, slope: 1,
        into: memory.base, on: pass.pool)
    }
  }

  /// - Parameter adding: Whether to add to the features' gradient, not to replace it.
  func backward(_ pass: BackwardPass, adding: Bool) {
    let (features, dx) = (pass.workspace.features, pass.workspace.featureGradient)
    let dy = forTraining(gradients).base
    if let cosine {
      cosine.backward(
        dy, count: pass.count, weights: pass.weights + head.weights,
        into: pass.gradient + head.weights, adding: adding, dx, on: pass.pool)
      return
    }
    Linear.backwardWeights(
      dy, features, images: pass.count, inputs: head.inputs, outputs: head.outputs,
      into: pass.gradient + head.weights, bias: pass.gradient + head.bias, on: pass.pool)
    Linear.backwardInput(
      dy, weights: pass.weights + head.weights, images: pass.count, inputs: head.inputs,
      outputs: head.outputs, adding: adding, into: dx, on: pass.pool)
  }
}
