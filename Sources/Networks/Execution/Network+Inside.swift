public import Tensors

/// Looks into a network as it evaluates images [N, height, width, channels].
extension Network {
  /// What comes out of a layer, [N, height, width, channels].
  public func values(_ images: Tensor, at layer: MapLayer, on device: Device) -> Tensor {
    let use = Workspace.Use(
      architecture: architecture, training: false, keepsAll: true, isFused: false)
    return evaluate(images, on: device, use) { workspace, count in
      let boundary = workspace.plan.boundariesOfPlaced[layer.place]
      return workspace.tensor(workspace.values, at: boundary, count: count)
    }
  }

  /// How a loss changes with the images: its gradient there, of the images' shape.
  ///
  /// - Parameter loss: Given logits and features, the loss on them.
  public func inputGradient(
    _ images: Tensor, on device: Device, of loss: (Outputs) -> OutputLoss
  ) -> Tensor {
    let use = Workspace.Use(architecture: architecture, training: true, reachesInput: true)
    let gradient = gradient(images, on: device, use, of: loss) { workspace, count in
      workspace.tensor(workspace.gradients, at: 0, count: count)
    }
    return Tensor(images.shape, gradient.elements)
  }

  /// What comes out of a layer, and how a loss changes with it; each [N, height, width, channels].
  public func valuesAndGradient(
    _ images: Tensor, at layer: MapLayer, on device: Device, of loss: (Outputs) -> OutputLoss
  ) -> (values: Tensor, gradient: Tensor) {
    // Where layers are one step, what lies between them is not kept, and gradients are changed in
    // place.
    let use = Workspace.Use(
      architecture: architecture, training: true, isFused: false, reachesInput: true)
    return gradient(images, on: device, use, of: loss) { workspace, count in
      let boundary = workspace.plan.boundariesOfPlaced[layer.place]
      return (
        workspace.tensor(workspace.values, at: boundary, count: count),
        workspace.tensor(workspace.gradients, at: boundary, count: count)
      )
    }
  }

  /// What the way back of a loss leaves in the workspace; the gradient of the weights is not wanted.
  private func gradient<Result>(
    _ images: Tensor, on device: Device, _ use: Workspace.Use, of loss: (Outputs) -> OutputLoss,
    _ result: (Workspace, _ count: Int) -> Result
  ) -> Result {
    var unwanted = Block(zeros: weights.count)
    var found: Result?
    _ = pass(images, on: device, use, mode: .evaluation, into: &unwanted, loss: loss) {
      found = result($0, $1)
    }
    guard let found else { preconditionFailure("a pass ends with its result") }
    return found
  }
}

extension OutputLoss {
  /// The sum over images of the first head's logit at an output of each: its gradient is each image's
  /// own, since at evaluation no image depends on another.
  public init(logits outputs: Outputs, at chosen: [Int]) {
    var losses = outputs.logits.map { Loss(value: 0, gradient: Tensor(zeros: $0.shape)) }
    let width = outputs.logits[0].shape[1]
    for (image, output) in chosen.enumerated() {
      losses[0].value += outputs.logits[0].elements[image * width + output]
      losses[0].gradient.elements[image * width + output] = 1
    }
    self.init(losses)
  }
}
