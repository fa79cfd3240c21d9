import Tensors

package struct FlattenLayer: RunnableLayer {
  static let key = "flatten"
  static let words = [LayerWord("flatten", "Image to vector.") { _, _ in .flatten }]

  func output(of input: LayerShape, at position: Int) -> LayerShape { .vector(input.count) }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    VectorStep(way: Flattening.forward, back: Flattening.backward)
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) { graph.flatten() }
}

package struct GlobalAveragePoolLayer: RunnableLayer {
  static let key = "globalAveragePool"
  static let words = [
    LayerWord("gap", "Global average pooling: image to vector of channels.") { _, _ in
      .globalAveragePool
    }
  ]

  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    .vector(try input.image(at: position).channels)
  }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    VectorStep(way: AveragePooling.forward, back: AveragePooling.backward)
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    graph.node("GlobalAveragePool", [graph.last])
    graph.flatten()
  }
}

/// Image to vector.
private struct VectorStep: Step, RunningStep {
  typealias Kernel =
    @Sendable (UnsafePointer<Float>, ImageLayout, UnsafeMutablePointer<Float>) -> Void

  let way: Kernel
  let back: Kernel

  var learns: Bool { false }

  func forward(_ image: StepImage, _ pass: ForwardPass) { way(image.inside, image.input, image.y) }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    back(gradient.dy, image.input, gradient.dx + image.start)
  }
}
