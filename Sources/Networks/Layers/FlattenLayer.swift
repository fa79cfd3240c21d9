import Tensors

extension Layer {
  /// [height, width, channels] → vector, channel by channel as PyTorch orders it.
  public static var flatten: Layer { Layer(FlattenLayer()) }
}

package struct FlattenLayer: LayerKind {
  static let key = "flatten"
  static let words = [LayerWord("flatten", "Image to vector.") { _, _ in .flatten }]

  func output(of input: LayerShape, at position: Int) -> LayerShape { .vector(input.count) }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step { FlattenStep() }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) { graph.flatten() }
}

extension OperatorGraph {
  mutating func flatten() { node("Flatten", [last], [.integer("axis", 1)]) }
}

private struct FlattenStep: Step, RunningStep {
  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let input = image.input
    Flattening.forward(
      image.x + input.start, inputRow: input.row, height: input.height, width: input.width,
      channels: input.channels, into: image.y)
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let input = image.input
    Flattening.backward(
      gradient.dy, height: input.height, width: input.width, channels: input.channels,
      into: gradient.dx + input.start, inputRow: input.row)
  }
}
