import Tensors

package struct MaxPoolLayer: RunnableLayer {
  static let key = "maxPool"
  static let words = [
    LayerWord("pool", "Max-pooling 2×2.", arguments: 0...1) { arguments, _ in
      if arguments.count > 0 { _ = try arguments.integer(0, in: 2...2) }
      return .maxPool
    }
  ]

  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    let (height, width, channels) = try input.image(at: position)
    guard height > 1, width > 1 else {
      throw .imageTooSmall(layer: position, height: height, width: width)
    }
    return .image(height: height / 2, width: width / 2, channels: channels)
  }

  var isPooling: Bool { true }
  var mapRole: MapRole { .numbered("pool") }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step { MaxPoolStep() }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    graph.node(
      "MaxPool", [graph.last], [.integers("kernel_shape", [2, 2]), .integers("strides", [2, 2])])
  }
}

/// Marks which pixel of each 2×2 cell was largest.
private struct MaxPoolStep: Step, RunningStep {
  var hasMarks: Bool { true }

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    Pooling.forward(
      image.inside, image.input, into: image.y, outputRow: image.output.row, argmax: image.marks)
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    Pooling.backward(
      gradient.dy, gradientRow: image.output.row, argmax: forTraining(image.marks),
      into: gradient.dx + image.start, image.input)
  }
}
