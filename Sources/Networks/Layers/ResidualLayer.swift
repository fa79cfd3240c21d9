import Tensors

extension Layer {
  /// x + body(x) (He et al. 2016); the body hands on the shape that it gets.
  public static func residual(_ layers: [Layer]) -> Layer { Layer(ResidualLayer(layers: layers)) }
}

/// Its layers are placed in line with the rest, between its two ends.
package struct ResidualLayer: LayerKind {
  package let layers: [Layer]

  private enum CodingKeys: String, CodingKey {
    case layers = "_0"
  }

  static let key = "residual"
  static let words = [
    LayerWord(
      "residual(LAYER, …)", "Adds what goes in to what comes out.", arguments: 1...20,
      holdsLayers: true
    ) { arguments, names in .residual(try arguments.layers(&names)) }
  ]

  var body: [Layer]? { layers }

  func output(of input: LayerShape, at position: Int) -> LayerShape { input }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    preconditionFailure("the layers of a residual block are placed one by one")
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    preconditionFailure("the layers of a residual block are placed one by one")
  }
}

/// Adds an earlier boundary's values, then the activation: the end of a residual block.
struct AddStep: Step, RunningStep {
  let boundary: Int
  var activation = Activation.none

  func fused(with kind: any LayerKind, in plan: inout Plan) -> (any Step)? {
    guard let layer = kind as? ActivationLayer, activation == .none else { return nil }
    return AddStep(boundary: boundary, activation: layer.activation)
  }

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let (input, output) = (image.input, image.output)
    let other = pass.workspace.plan.boundaries[boundary]
    let values =
      pass.workspace.values(boundary, image: image.index, slot: image.slot) + other.start
    Addition.forward(
      image.x + input.start, row: input.row, values, row: other.row, height: output.height,
      length: image.length, slope: activation.slope, into: image.y, row: output.row)
  }

  /// The other addend gets the same gradient when its boundary is reached.
  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    image.forEachRow { _, from, to in
      let dy = gradient.dy + to
      ActivationKernel.backward(
        dy, output: image.y + to, count: image.length, slope: activation.slope)
      (gradient.dx + from).update(from: dy, count: image.length)
    }
  }
}

/// A boundary that the residual block ending at another adds.
struct AddJoin: Join {
  let end: Int

  func add(
    to dx: UnsafeMutablePointer<Float>, _ target: Boundary, image: Int, _ workspace: Workspace
  ) {
    let source = workspace.plan.boundaries[end]
    Addition.add(
      workspace.gradients(end, image: image) + source.start, row: source.row,
      height: source.height, length: source.width * source.channels, to: dx, row: target.row)
  }
}
