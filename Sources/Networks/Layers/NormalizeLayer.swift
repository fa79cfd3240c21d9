import Tensors

extension Layer {
  /// Divides each image's features by their L2 norm.
  public static var normalize: Layer { Layer(NormalizeLayer()) }
}

package struct NormalizeLayer: LayerKind {
  static let key = "normalize"
  static let words = [LayerWord("normalize", "Features to length 1.") { _, _ in .normalize }]

  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    guard case .vector = input else { throw .needsVector(layer: position) }
    return input
  }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step { NormalizeStep() }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) { graph.normalize() }
}

extension OperatorGraph {
  /// x / max(‖x‖, 10⁻¹²) row by row, as PyTorch's `normalize`.
  mutating func normalize() {
    let rows = last
    node("ReduceL2", [rows], [.integers("axes", [1]), .integer("keepdims", 1)])
    let floor = constant([1], [1e-12])
    node("Max", [last, floor])
    node("Div", [rows, last])
  }
}

private struct NormalizeStep: Step {
  func running(at place: StepPlace) -> any RunningStep {
    RunningNormalize(norms: AlignedMemory(place.capacity))
  }
}

private struct RunningNormalize: RunningStep {
  /// Of the features, [capacity].
  let norms: AlignedMemory

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    Normalization.forward(
      image.x, images: 1, features: image.input.count, into: image.y,
      norms: norms.base + image.index)
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    gradient.dx.update(from: gradient.dy, count: image.input.count)
    Normalization.backward(
      gradient.dx, y: image.y, norms: norms.base + image.index, images: 1,
      features: image.input.count)
  }
}
