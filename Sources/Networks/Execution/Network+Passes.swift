public import Randomness
public import Tensors

/// Passes over images [N, height, width, channels].
extension Network {
  /// The logits of every head, each [N, outputs].
  public func logits(_ images: Tensor, on device: Device) -> [Tensor] {
    evaluate(images, on: device) { workspace, count in workspace.logits(count: count) }
  }

  /// What the heads read, [N, features].
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
  /// - Parameter layers: By position in the architecture, such as its `scales`. What is computed
  ///   together with a layer counts as part of it: a convolution's activation and pooling.
  public func features(
    _ images: Tensor, at layers: [Int], side: Int, on device: Device
  ) -> Tensor {
    let use = Workspace.Use(architecture: architecture, training: false, keepsAll: true)
    return evaluate(images, on: device, use) { workspace, count in
      workspace.features(at: layers, side: side, count: count, on: device.pool)
    }
  }

  /// A forward pass of which `result` is kept.
  func evaluate<Result>(
    _ images: Tensor, on device: Device, _ use: Workspace.Use? = nil,
    _ result: (Workspace, _ count: Int) -> Result
  ) -> Result {
    check(images)
    let use = use ?? Workspace.Use(architecture: architecture, training: false)
    return device.withWorkspace(use, images: images.shape[0]) { workspace in
      result(workspace, workspace.forward(images, self, on: device.pool))
    }
  }

  /// Forward, loss, backward through the network as it is: adds the gradient of `loss`, which is given
  /// logits and features, to `gradient`, which is as long as `weights`, and returns its value. What an
  /// importance of weights is measured with.
  public func evaluationPass(
    _ images: Tensor, on device: Device, into gradient: inout Block,
    loss: (Outputs) -> OutputLoss
  ) -> Float {
    let use = Workspace.Use(architecture: architecture, training: true)
    return pass(images, on: device, use, mode: .evaluation, into: &gradient, loss: loss) { _, _ in }
  }

  /// The same as a training step needs it: batch normalization goes by the batch's statistics and
  /// moves the running ones, dropout drops what it draws from `random`.
  public mutating func trainingPass(
    _ images: Tensor, on device: Device, random: RandomStream, into gradient: inout Block,
    loss: (Outputs) -> OutputLoss
  ) -> Float {
    var statistics = self.statistics
    let use = Workspace.Use(architecture: architecture, training: true)
    let value = pass(
      images, on: device, use, mode: .training(random), into: &gradient, loss: loss
    ) { workspace, count in
      workspace.updateStatistics(&statistics, count: count)
    }
    self.statistics = statistics
    return value
  }

  func pass(
    _ images: Tensor, on device: Device, _ use: Workspace.Use, mode: Workspace.Mode,
    fold: GradientFold = .sum, into gradient: inout Block, loss: (Outputs) -> OutputLoss,
    then: (Workspace, _ count: Int) -> Void
  ) -> Float {
    check(images)
    return device.withWorkspace(use, images: images.shape[0]) { workspace in
      let count = workspace.forward(images, self, mode: mode, on: device.pool)
      let loss = loss(workspace.outputs(count: count))
      workspace.backward(
        loss, count: count, weights: weights, mode: mode, fold: fold, into: &gradient,
        on: device.pool)
      then(workspace, count)
      return loss.value
    }
  }

  private func check(_ images: Tensor) {
    precondition(
      images.shape.count > 1 && images.count == images.shape[0] * architecture.input.count,
      "images \(images.shape) for a network of input \(architecture.input)")
  }
}
