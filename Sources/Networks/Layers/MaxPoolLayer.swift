import Tensors

extension Layer {
  /// 2×2 maxima, stride 2; an odd last row or column is dropped.
  public static var maxPool: Layer { Layer(MaxPoolLayer()) }
}

package struct MaxPoolLayer: LayerKind {
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

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step { MaxPoolStep() }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    graph.node(
      "MaxPool", [graph.last], [.integers("kernel_shape", [2, 2]), .integers("strides", [2, 2])])
  }
}

private struct MaxPoolStep: Step {
  func running(at place: StepPlace) -> any RunningStep {
    RunningMaxPool(argmax: place.training ? place.bytes() : nil)
  }
}

private struct RunningMaxPool: RunningStep {
  /// Which pixel of each 2×2 cell was largest, [capacity, cells, channels]; when training.
  let argmax: ByteMemory?

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let (input, output) = (image.input, image.output)
    Pooling.forward(
      image.x + input.start, width: input.width, channels: input.channels, inputRow: input.row,
      into: image.y, height: output.height, outputRow: output.row,
      argmax: argmax.map(image.bytes))
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let (input, output) = (image.input, image.output)
    Pooling.backward(
      gradient.dy, height: output.height, width: output.width, channels: output.channels,
      gradientRow: output.row, argmax: image.bytes(forTraining(argmax)),
      into: gradient.dx + input.start, inputHeight: input.height, inputWidth: input.width,
      inputRow: input.row)
  }
}
