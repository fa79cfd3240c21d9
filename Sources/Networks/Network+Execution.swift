public import Randomness
public import Tensors

extension Network {
  /// The logits of every head, each [N, outputs].
  ///
  /// - Parameter images: [N, height, width, channels]
  public func logits(_ images: Tensor, on device: Device) -> [Tensor] {
    pass(images, on: device) { $0.logits(count: $1) }
  }

  /// What the heads read, [N, features].
  ///
  /// - Parameter images: [N, height, width, channels]
  public func features(_ images: Tensor, on device: Device) -> Tensor {
    pass(images, on: device) { $0.features(count: $1) }
  }

  /// Logits and features in one pass.
  public func outputs(_ images: Tensor, on device: Device) -> Outputs {
    pass(images, on: device) { $0.outputs(count: $1) }
  }

  /// A forward pass of which `result` is kept.
  private func pass<Result>(
    _ images: Tensor, on device: Device, _ result: (Workspace, _ count: Int) -> Result
  ) -> Result {
    let count = check(images)
    return device.withWorkspace(architecture, images: count, training: false) { workspace in
      images.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        workspace.forward(base, count: count, weights: weights, on: device.pool)
      }
      return result(workspace, count)
    }
  }

  /// `evaluationPass` for a loss on logits alone.
  ///
  /// - Parameter loss: Given the logits of every head, the losses on them, one per head.
  public func backpropagate(
    _ images: Tensor, on device: Device, into gradient: inout Block,
    loss: (_ logits: [Tensor]) -> [Loss]
  ) -> Float {
    evaluationPass(images, on: device, into: &gradient) { OutputLoss(loss($0.logits)) }
  }

  /// Forward, loss, backward through the network as it is: adds the gradient of `loss` to `gradient`
  /// and returns its value. What an importance of weights is measured with.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - gradient: As long as `weights`.
  ///   - loss: Given logits and features, the loss on them.
  public func evaluationPass(
    _ images: Tensor, on device: Device, into gradient: inout Block,
    loss: (Outputs) -> OutputLoss
  ) -> Float {
    let count = check(images)
    return device.withWorkspace(architecture, images: count, training: true) { workspace in
      images.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        workspace.forward(base, count: count, weights: weights, on: device.pool)
      }
      let loss = loss(workspace.outputs(count: count))
      workspace.backward(count: count, loss, weights: weights, into: &gradient, on: device.pool)
      return loss.value
    }
  }

  /// Forward, loss, backward as a training step needs it: as `evaluationPass`, but what behaves
  /// otherwise in training (batch statistics, dropout) does so.
  ///
  /// - Parameter random: What dropout draws from.
  public mutating func trainingPass(
    _ images: Tensor, on device: Device, random: RandomStream, into gradient: inout Block,
    loss: (Outputs) -> OutputLoss
  ) -> Float {
    evaluationPass(images, on: device, into: &gradient, loss: loss)
  }

  private func check(_ images: Tensor) -> Int {
    precondition(
      images.shape.count > 1 && images.count == images.shape[0] * architecture.input.count,
      "images \(images.shape) for a network of input \(architecture.input)")
    return images.shape[0]
  }
}

extension Workspace {
  // Copies of what the last forward pass computed.

  func outputs(count: Int) -> Outputs {
    Outputs(logits: logits(count: count), features: features(count: count))
  }

  func logits(count: Int) -> [Tensor] {
    zip(plan.heads, logits).map { head, memory in
      Tensor([count, head.outputs], memory.array(count: count * head.outputs))
    }
  }

  func features(count: Int) -> Tensor {
    let features = architecture.features
    return Tensor([count, features], values[plan.steps.count].array(count: count * features))
  }

  /// Takes a loss back to all weights.
  func backward(
    count: Int, _ loss: OutputLoss, weights: Block, into gradient: inout Block,
    on pool: ThreadPool
  ) {
    precondition(loss.logits.count == architecture.heads.count, "a loss for every head")
    for (gradient, memory) in zip(loss.logits, logitGradients) {
      gradient.elements.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        memory.base.update(from: base, count: source.count)
      }
    }
    precondition(loss.features.map { $0.count == count * architecture.features } ?? true)
    backward(
      count: count, features: loss.features, weights: weights, into: &gradient, on: pool)
  }
}
