/// A network's layers as the kernels run them: activations and pooling fused into what comes before.
///
/// For evaluation batch normalization is part of the convolution before it; in training the
/// statistics of a whole batch stand between the two.
struct Plan: Sendable {
  /// Whether for training, or for a gradient at all.
  let training: Bool
  private(set) var steps: [any Step] = []
  /// `boundaries[i]` goes into step i; the last is the features.
  private(set) var boundaries: [Boundary] = []
  private(set) var heads: [PlannedHead] = []
  /// Per layer of the architecture: the boundary behind the step that the layer is part of.
  private(set) var boundariesOfLayers: [Int] = []
  /// Per boundary: whose gradients are added to it besides those of the step behind.
  private(set) var joins: [Int: [any Join]] = [:]
  /// Runs of steps that take one image at a time, each after a batch normalization's statistics are
  /// known, and linear layers singly, in order.
  private(set) var stages: [Range<Int>] = []
  private var offset = 0
  private var statisticsOffset = 0
  private var mayFuse = true

  init(_ architecture: Architecture, training: Bool) {
    self.training = training
    boundaries.append(Boundary(architecture.input))
    addBody(architecture)
    let features = architecture.features
    for head in architecture.heads {
      let weights = takeWeights(head.parameterCount(features: features))
      heads.append(
        PlannedHead(
          inputs: features, outputs: head.outputs, isCosine: head.kind == .cosine,
          weights: weights))
    }
    for (index, step) in steps.enumerated() {
      step.widen(&boundaries[index], isFirst: index == 0, training: training)
      if let last = stages.last, step.reach == .image, steps[last.lowerBound].reach != .batch {
        stages[stages.count - 1] = last.lowerBound..<index + 1
      } else {
        stages.append(index..<index + 1)
      }
    }
  }

  /// Whether the step behind `stage` waits until all images were measured.
  func isMeasured(behind stage: Range<Int>) -> Bool {
    stage.upperBound < steps.count && steps[stage.upperBound].reach == .measured
  }

  // MARK: Building

  private mutating func addBody(_ architecture: Architecture) {
    var entrance = 0
    // What a layer of scales reads must be what the pooling hands on, in training as at evaluation.
    let readsPoolings = architecture.layers.contains { $0.kind.readsPoolings }
    for placed in architecture.placed {
      switch placed.kind {
      case .layer(let kind):
        if mayFuse, fuse(kind) {
          boundaries[boundaries.count - 1] = Boundary(placed.output)
        } else {
          append(kind.step(placed, in: &self), placed.output)
        }
        mayFuse = !(readsPoolings && kind.isPooling)
      case .enter:
        entrance = boundaries.count - 1
        mayFuse = false
      case .leave:
        join(entrance, AddJoin(end: boundaries.count))
        append(AddStep(boundary: entrance), placed.output)
        mayFuse = true
      }
      boundariesOfLayers.set(boundaries.count - 1, at: placed.position)
    }
  }

  private mutating func append(_ step: any Step, _ output: LayerShape) {
    steps.append(step)
    boundaries.append(Boundary(output))
  }

  /// Makes a layer part of the last step, if that can be.
  private mutating func fuse(_ kind: any LayerKind) -> Bool {
    guard let last = steps.last else { return false }
    if kind.isIdentityAtEvaluation, !training { return true }
    guard let fused = last.fused(with: kind, in: &self) else { return false }
    steps[steps.count - 1] = fused
    return true
  }

  /// Where the next `count` numbers begin in the network's block.
  mutating func takeWeights(_ count: Int) -> Int {
    defer { offset += count }
    return offset
  }

  /// Where the next `count` numbers begin among the network's statistics.
  mutating func takeStatistics(_ count: Int) -> Int {
    defer { statisticsOffset += count }
    return statisticsOffset
  }

  mutating func join(_ boundary: Int, _ join: any Join) {
    joins[boundary, default: []].append(join)
  }
}
