import Tensors

package struct ScalesLayer: RunnableLayer {
  package let side: Int

  static let key = "scales"
  static let words = [
    LayerWord(
      "scales(SIDE)", "What comes in and every pooling before, averaged to SIDE×SIDE: a vector.",
      arguments: 1...1
    ) { arguments, _ in .scales(side: try arguments.integer(0, in: 1...256)) }
  ]

  /// Of what comes in alone.
  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    let (height, width, channels) = try input.image(at: position)
    guard side > 0 else { throw .notPositive(layer: position) }
    guard side <= min(height, width) else {
      throw .imageTooSmall(layer: position, height: height, width: width)
    }
    return .vector(side * side * channels)
  }

  /// Adds the poolings before, but for one right before.
  func place(_ placed: inout PlacedLayer, after earlier: [PlacedLayer]) {
    let poolings = earlier.filter { $0.isPooling && $0.position < placed.position - 1 }
    placed.sources = poolings.map(\.position)
    placed.output = .vector(
      poolings.reduce(placed.output.count) { $0 + side * side * $1.output.channels })
  }

  var isPlausible: Bool { (1...1 << 12).contains(side) }
  var readsPoolings: Bool { true }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    let read = placed.sources.map { plan.boundariesOfLayers[$0] }
    let (vector, last) = (plan.boundaries.count, plan.boundaries.count - 1)
    var offset = 0
    for boundary in read {
      plan.join(boundary, GridJoin(vector: vector, offset: offset, side: side))
      offset += side * side * plan.boundaries[boundary].shape.channels
    }
    return GridStep(boundaries: read + [last], side: side)
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    let incoming = (name: graph.last, shape: placed.input)
    let sources = placed.sources.map { graph.outputs[$0] } + [incoming]
    let vectors = sources.map { source in
      average(source.name, source.shape, in: &graph)
      return graph.last
    }
    if vectors.count > 1 { graph.node("Concat", vectors, [.integer("axis", 1)]) }
  }

  /// [N, C, H, W] → [N, side · side · C]: a product with the shares of the pixels in the parts, since
  /// parts may overlap, which ONNX's poolings cannot do.
  private func average(_ source: String, _ shape: LayerShape, in graph: inout OperatorGraph) {
    let (height, width, channels) = shape.extents
    let shares = AveragePooling.shares(height: height, width: width, side: side)
    let pixels = graph.constant([0, channels, height * width])
    graph.node("Reshape", [source, pixels])
    let matrix = graph.constant([height * width, side * side], shares)
    graph.node("MatMul", [graph.last, matrix])
    graph.node("Transpose", [graph.last], [.integers("perm", [0, 2, 1])])
    graph.flatten()
  }
}

/// Averages some boundaries over a grid, the last of them the one before.
private struct GridStep: Step, RunningStep {
  let boundaries: [Int]
  let side: Int

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    var target = image.y
    for boundary in boundaries {
      let source = pass.workspace.plan.boundaries[boundary]
      let values = pass.workspace.values(boundary, image: image.index, slot: image.slot)
      AveragePooling.grid(values + source.start, source.layout, side: side, into: target)
      target += side * side * source.shape.channels
    }
  }

  /// The other boundaries take their parts when they are reached.
  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let input = image.input
    let dx = gradient.dx + image.start
    for row in 0..<input.height {
      (dx + row * input.row).update(repeating: 0, count: input.length)
    }
    let dy = gradient.dy + image.output.length - side * side * input.channels
    AveragePooling.addGrid(dy, side: side, to: dx, input)
  }
}

/// A boundary that is read as means over a grid, from a place on of the vector at another.
private struct GridJoin: Join {
  let vector: Int
  let offset: Int
  let side: Int

  func add(
    to dx: UnsafeMutablePointer<Float>, _ layout: ImageLayout, image: Int, _ workspace: Workspace
  ) {
    AveragePooling.addGrid(
      workspace.gradients(vector, image: image) + offset, side: side, to: dx, layout)
  }
}
