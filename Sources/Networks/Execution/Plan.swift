import Tensors

/// A network's layers as the kernels run them: activations and pooling fused into what comes before.
///
/// For evaluation batch normalization is part of the convolution before it; in training the
/// statistics of a whole batch stand between the two.
struct Plan: Sendable {
  /// Whether for training, or for a gradient at all.
  let training: Bool
  /// Whether the way back goes on to the images.
  let reachesInput: Bool
  private(set) var steps: [any Step] = []
  /// `boundaries[i]` goes into step i; the last is the features.
  private(set) var boundaries: [Boundary]
  /// Per layer of the architecture: the boundary behind the step that the layer is part of.
  private(set) var boundariesOfLayers: [Int] = []
  /// The same per layer where it stands.
  private(set) var boundariesOfPlaced: [Int] = []
  /// Per boundary: whose gradients are added to it besides those of the step behind.
  private(set) var joins: [Int: [any Join]] = [:]
  /// Runs of steps that take one image at a time, each after a batch normalization's statistics are
  /// known, and linear layers singly, in order.
  private(set) var stages: [Range<Int>] = []

  /// - Parameter isFused: Whether several layers may be one step.
  init(
    _ architecture: Architecture, training: Bool, isFused: Bool = true, reachesInput: Bool = false
  ) {
    self.training = training
    self.reachesInput = reachesInput
    boundaries = [Boundary(architecture.input)]
    addBody(architecture, isFused: isFused)
    if !reachesInput { end = steps.firstIndex(where: \.learns) ?? 0 }
    for (index, step) in steps.enumerated() {
      step.widen(&boundaries[index], needsGradient: needsGradient(at: index))
      if let last = stages.last, step.reach == .image, steps[last.lowerBound].reach != .batch {
        stages[stages.count - 1] = last.lowerBound..<index + 1
      } else {
        stages.append(index..<index + 1)
      }
    }
  }

  init(_ use: Workspace.Use) {
    self.init(
      use.architecture, training: use.training, isFused: use.isFused,
      reachesInput: use.reachesInput)
  }

  /// The step where the way back ends: the first with weights, or the first of all if the images' own
  /// gradient is wanted.
  private(set) var end = 0

  /// Whether the way back needs the gradient of what goes into a step: training does not need that of
  /// the images.
  func needsGradient(at step: Int) -> Bool { training && (step > end || reachesInput) }

  /// Whether the step behind `stage` waits until all images were measured.
  func isMeasured(behind stage: Range<Int>) -> Bool {
    stage.upperBound < steps.count && steps[stage.upperBound].reach == .measured
  }

  private mutating func addBody(_ architecture: Architecture, isFused: Bool) {
    var (entrance, mayFuse) = (0, true)
    // What a layer of scales reads must be what the pooling hands on, in training as at evaluation.
    let readsPoolings = architecture.layers.contains { $0.kind.readsPoolings }
    for placed in architecture.placed {
      switch placed.kind {
      case .layer(let layer):
        if isFused, mayFuse, fuse(placed) {
          boundaries[boundaries.count - 1] = Boundary(placed.output)
        } else {
          guard let layer = layer as? any RunnableLayer else {
            preconditionFailure("nothing carries out \(layer)")
          }
          append(layer.step(placed, in: &self), placed.output)
        }
        mayFuse = !(readsPoolings && placed.isPooling)
      case .enter:
        entrance = boundaries.count - 1
        mayFuse = false
      case .leave:
        join(entrance, ResidualJoin(end: boundaries.count))
        append(ResidualStep(boundary: entrance), placed.output)
        mayFuse = true
      }
      boundariesOfLayers.set(boundaries.count - 1, at: placed.position)
      boundariesOfPlaced.append(boundaries.count - 1)
    }
  }

  private mutating func append(_ step: any Step, _ output: LayerShape) {
    steps.append(step)
    boundaries.append(Boundary(output))
  }

  /// Makes a layer part of the last step, if that can be.
  private mutating func fuse(_ placed: PlacedLayer) -> Bool {
    guard let last = steps.last else { return false }
    if placed.layer?.isIdentityAtEvaluation == true, !training { return true }
    guard let fused = last.fused(with: placed, training: training) else { return false }
    steps[steps.count - 1] = fused
    return true
  }

  mutating func join(_ boundary: Int, _ join: any Join) {
    joins[boundary, default: []].append(join)
  }
}

/// Multiply-adds of one pass over a batch: what its time can be judged by.
package struct PassCost: Hashable, Sendable {
  /// As if every product were done: what a textbook counts.
  package var dense = 0
  /// As the kernels do them: products with the zeros behind a pooling layer are left out, and
  /// Winograd's convolution has 16 for 36.
  package var executed = 0
}

extension PassCost {
  /// - Parameter training: Also the way back; the first layer's input needs no gradient.
  package init(_ architecture: Architecture, images: Int, training: Bool) {
    let plan = Plan(architecture, training: training)
    let costs = plan.steps.enumerated().map {
      $1.cost(isFirst: !plan.needsGradient(at: $0), training: training)
    }
    let heads = architecture.heads.reduce(0) {
      $0 + architecture.features * $1.outputs * (training ? 3 : 1)
    }
    dense = images * costs.reduce(heads) { $0 + $1.dense }
    executed = images * costs.reduce(heads) { $0 + $1.executed }
  }
}
