import Tensors

package struct ConvolutionLayer: RunnableLayer {
  package let name: String
  package let outputs: Int
  package let kernel: Int
  package let padding: Int

  static let key = "convolution"
  static let words = [
    LayerWord(
      "conv(CHANNELS, SIZE)", "Convolution; a third number pads.", arguments: 2...3
    ) { arguments, names in
      let name = names.next("conv")
      let kernel = try arguments.integer(1, in: 1...31)
      let padding = arguments.count > 2 ? try arguments.integer(2, in: 0...30) : kernel / 2
      return .convolution(
        name: name, outputs: try arguments.integer(0, in: 1...4096), kernel: kernel,
        padding: padding)
    }
  ]

  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    let image = try input.image(at: position)
    guard outputs > 0, kernel > 0, padding >= 0 else { throw .notPositive(layer: position) }
    guard padding < kernel else { throw .paddingTooLarge(layer: position) }
    let (height, width) = (
      image.height + 2 * padding - kernel + 1, image.width + 2 * padding - kernel + 1
    )
    guard height > 0, width > 0 else {
      throw .imageTooSmall(layer: position, height: image.height, width: image.width)
    }
    return .image(height: height, width: width, channels: outputs)
  }

  var isPlausible: Bool {
    (1...1 << 16).contains(outputs) && (1...1 << 8).contains(kernel)
      && (0..<kernel).contains(padding)
  }

  var mapRole: MapRole { .convolution(name: name) }

  func addParameters(to list: inout ParameterList, of placed: PlacedLayer) {
    let channels = placed.input.channels
    list.append(
      name, [outputs, channels, kernel, kernel], fanIn: channels * kernel * kernel,
      fanOut: outputs * kernel * kernel, hasBias: placed.hasBias)
  }

  func module(_ placed: PlacedLayer) -> Summary.Module? {
    let output = placed.output.extents
    return (kind: "Conv2d", name: name, uses: output.height * output.width)
  }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    let input = placed.input.extents
    let geometry = ConvolutionGeometry(
      height: input.height, width: input.width, channels: input.channels, outputs: outputs,
      kernel: kernel, padding: padding)
    return ConvolutionStep(
      geometry: geometry, weights: placed.start.weights, hasBias: placed.hasBias)
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    graph.node(
      "Conv", [graph.last] + OperatorGraph.numbers(of: name, hasBias: placed.hasBias),
      [
        .integers("kernel_shape", [kernel, kernel]),
        .integers("pads", [padding, padding, padding, padding]),
      ])
  }
}
