import Tensors

extension Layer {
  /// [height, width, channels] → vector of the channels' means.
  public static var globalAveragePool: Layer { Layer(GlobalAveragePoolLayer()) }
}

package struct GlobalAveragePoolLayer: LayerKind {
  static let key = "globalAveragePool"
  static let words = [
    LayerWord("gap", "Global average pooling: image to vector of channels.") { _, _ in
      .globalAveragePool
    }
  ]

  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    .vector(try input.image(at: position).channels)
  }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step { GlobalAveragePoolStep() }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    graph.node("GlobalAveragePool", [graph.last])
    graph.flatten()
  }
}

private struct GlobalAveragePoolStep: Step, RunningStep {
  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let input = image.input
    AveragePooling.forward(
      image.x + input.start, height: input.height, width: input.width, channels: input.channels,
      inputRow: input.row, into: image.y)
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let input = image.input
    AveragePooling.backward(
      gradient.dy, height: input.height, width: input.width, channels: input.channels,
      into: gradient.dx + input.start, inputRow: input.row)
  }
}
