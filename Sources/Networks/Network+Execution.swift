public import Randomness
public import Tensors

extension Network {
  /// The logits of every head, each [N, outputs].
  ///
  /// - Parameter images: [N, height, width, channels]
  public func logits(_ images: Tensor, on device: Device) -> [Tensor] {
    evaluate(images, on: device) { workspace, count in workspace.logits(count: count) }
  }

  /// What the heads read, [N, features].
  ///
  /// - Parameter images: [N, height, width, channels]
  public func features(_ images: Tensor, on device: Device) -> Tensor {
    evaluate(images, on: device) { workspace, count in workspace.features(count: count) }
  }

  /// Logits and features in one pass.
  public func outputs(_ images: Tensor, on device: Device) -> Outputs {
    evaluate(images, on: device) { workspace, count in workspace.outputs(count: count) }
  }

  /// What comes out of some layers, side by side: vectors as they are, images as the means of a grid
  /// of `side` × `side` parts, channels innermost.  → [N, Σ of their lengths]
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - layers: By position in the architecture, such as its `scales`. What is computed together
  ///     with a layer counts as part of it: a convolution's activation and pooling.
  public func features(
    _ images: Tensor, at layers: [Int], side: Int, on device: Device
  ) -> Tensor {
    evaluate(images, on: device, keepsAll: true) { workspace, count in
      workspace.features(at: layers, side: side, count: count, on: device.pool)
    }
  }

  /// A forward pass of which `result` is kept.
  private func evaluate<Result>(
    _ images: Tensor, on device: Device, keepsAll: Bool = false,
    _ result: (Workspace, _ count: Int) -> Result
  ) -> Result {
    let count = check(images)
    return device.withWorkspace(
      architecture, images: count, training: false, keepsAll: keepsAll
    ) { workspace in
      images.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        workspace.forward(base, count: count, numbers, on: device.pool)
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
    pass(images, on: device, mode: .evaluation, into: &gradient, loss: loss) { _, _ in }
  }

  /// Forward, loss, backward as a training step needs it: batch normalization goes by the batch's
  /// statistics and moves the running ones, dropout drops.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - random: What dropout draws from.
  ///   - gradient: As long as `weights`; the gradient of `loss` is added to it.
  ///   - loss: Given logits and features, the loss on them.
  public mutating func trainingPass(
    _ images: Tensor, on device: Device, random: RandomStream, into gradient: inout Block,
    loss: (Outputs) -> OutputLoss
  ) -> Float {
    var statistics = self.statistics
    let value = pass(
      images, on: device, mode: .training(random), into: &gradient, loss: loss
    ) { workspace, count in
      workspace.updateStatistics(&statistics, count: count)
    }
    self.statistics = statistics
    return value
  }

  private func pass(
    _ images: Tensor, on device: Device, mode: Workspace.Mode, into gradient: inout Block,
    loss: (Outputs) -> OutputLoss, then: (Workspace, _ count: Int) -> Void
  ) -> Float {
    let count = check(images)
    return device.withWorkspace(architecture, images: count, training: true) { workspace in
      images.elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        workspace.forward(base, count: count, numbers, mode: mode, on: device.pool)
      }
      let loss = loss(workspace.outputs(count: count))
      workspace.take(loss, count: count)
      workspace.backward(
        count: count, features: loss.features, weights: weights, mode: mode, into: &gradient,
        on: device.pool)
      then(workspace, count)
      return loss.value
    }
  }

  private var numbers: Workspace.Numbers {
    Workspace.Numbers(weights: weights, statistics: statistics)
  }

  private func check(_ images: Tensor) -> Int {
    precondition(
      images.shape.count > 1 && images.count == images.shape[0] * architecture.input.count,
      "images \(images.shape) for a network of input \(architecture.input)")
    return images.shape[0]
  }
}
