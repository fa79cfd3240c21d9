import Tensors

/// Adds an earlier boundary's values, then the activation: the end of a residual block.
struct ResidualStep: Step, RunningStep {
  let boundary: Int
  var activation = Activation.none

  func fused(with placed: PlacedLayer, training: Bool) -> (any Step)? {
    guard let next = placed.activation, activation == .none else { return nil }
    return ResidualStep(boundary: boundary, activation: next)
  }

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let other = pass.workspace.plan.boundaries[boundary]
    let values = pass.workspace.values(boundary, image: image.index, slot: image.slot)
    Addition.forward(
      image.inside, image.input, values + other.start, other.layout, slope: activation.slope,
      into: image.y, image.output)
  }

  /// The other addend gets the same gradient when its boundary is reached.
  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    image.forEachRow { _, from, to in
      let dy = gradient.dy + to
      ActivationKernel.backward(
        dy, output: image.y + to, count: image.output.length, slope: activation.slope)
      (gradient.dx + from).update(from: dy, count: image.output.length)
    }
  }
}

/// A boundary that the residual block ending at another adds.
struct ResidualJoin: Join {
  let end: Int

  func add(
    to dx: UnsafeMutablePointer<Float>, _ layout: ImageLayout, image: Int, _ workspace: Workspace
  ) {
    let source = workspace.plan.boundaries[end]
    Addition.add(
      workspace.gradients(end, image: image) + source.start, source.layout, to: dx, layout)
  }
}
