public import Tensors

extension Network {
  /// The logits of every head, each [N, outputs].
  ///
  /// - Parameter images: [N, height, width, channels]
  public func logits(_ images: Tensor, on device: Device) -> [Tensor] {
    let count = check(images)
    return device.withWorkspace(architecture, images: count, training: false) { workspace in
      images.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        workspace.forward(base, count: count, weights: weights, on: device.pool)
      }
      return workspace.logits(count: count)
    }
  }

  /// Forward, loss, backward: adds the gradient of `loss` to `gradient` and returns its value.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - gradient: As long as `weights`.
  ///   - loss: Given the logits of every head, the losses on them, one per head.
  public func backpropagate(
    _ images: Tensor, on device: Device, into gradient: inout Block,
    loss: (_ logits: [Tensor]) -> [Loss]
  ) -> Float {
    let count = check(images)
    return device.withWorkspace(architecture, images: count, training: true) { workspace in
      images.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        workspace.forward(base, count: count, weights: weights, on: device.pool)
      }
      let losses = loss(workspace.logits(count: count))
      precondition(losses.count == architecture.heads.count, "a loss for every head")
      for (loss, memory) in zip(losses, workspace.logitGradients) {
        loss.gradient.elements.withUnsafeBufferPointer { source in
          guard let base = source.baseAddress else { return }
          memory.base.update(from: base, count: source.count)
        }
      }
      workspace.backward(count: count, weights: weights, into: &gradient, on: device.pool)
      return losses.reduce(0) { $0 + $1.value }
    }
  }

  private func check(_ images: Tensor) -> Int {
    precondition(
      images.shape.count > 1 && images.count == images.shape[0] * architecture.input.count,
      "images \(images.shape) for a network of input \(architecture.input)")
    return images.shape[0]
  }
}

extension Workspace {
  /// Copies of the logits of the last forward pass, each [count, outputs].
  func logits(count: Int) -> [Tensor] {
    zip(plan.heads, logits).map { head, memory in
      Tensor([count, head.outputs], memory.array(count: count * head.outputs))
    }
  }
}
