import Tensors

package struct NormalizeLayer: RunnableLayer {
  static let key = "normalize"
  static let words = [LayerWord("normalize", "Features to length 1.") { _, _ in .normalize }]

  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    guard case .vector = input else { throw .needsVector(layer: position) }
    return input
  }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step { NormalizeStep() }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) { graph.normalize() }
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
      image.x, images: 1, features: image.input.length, into: image.y,
      norms: norms.base + image.index)
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    gradient.dx.update(from: gradient.dy, count: image.input.length)
    Normalization.backward(
      gradient.dx, y: image.y, norms: norms.base + image.index, images: 1,
      features: image.input.length)
  }
}
