import Tensors

extension Workspace {
  /// Takes the gradients of a loss back to all weights, and adds them to `gradient`.
  ///
  /// - Parameters:
  ///   - weights: The network's block, as on the way forward; `mode` too.
  ///   - fold: What of the images' gradients is added up; anything but them themselves is known of linear
  ///     layers alone.
  ///   - gradient: As long as the network's block.
  func backward(
    _ loss: OutputLoss, count: Int, weights: Block, mode: Mode, fold: GradientFold = .sum,
    into gradient: inout Block, on pool: ThreadPool
  ) {
    precondition(training && gradient.count == weights.count)
    precondition(loss.logits.count == heads.count, "a loss for every head")
    precondition(loss.features.map { $0.count == count * featureCount } ?? true)
    for (gradient, head) in zip(loss.logits, heads) { head.take(gradient) }
    weights.elements.withUnsafeBufferPointer { w in
      gradient.elements.withUnsafeMutableBufferPointer { g in
        guard let weights = w.baseAddress, let gradient = g.baseAddress else { return }
        let pass = BackwardPass(
          workspace: self, count: count, weights: weights, gradient: gradient,
          fold: fold, isTraining: mode.isTraining, pool: pool)
        pass.run(features: loss.features)
      }
    }
  }
}

/// One way back: the stages of the way forward in reverse.
struct BackwardPass: @unchecked Sendable {  // slots and images are disjoint
  let workspace: Workspace
  let count: Int
  let weights: UnsafePointer<Float>
  /// Of the weights; added to.
  let gradient: UnsafeMutablePointer<Float>
  let fold: GradientFold
  let isTraining: Bool
  let pool: ThreadPool

  private var plan: Plan { workspace.plan }

  fileprivate func run(features: Tensor?) {
    for (index, head) in workspace.heads.enumerated() { head.backward(self, adding: index > 0) }
    if let features {
      let target = workspace.featureGradient
      for index in features.elements.indices { target[index] += features.elements[index] }
    }
    for stage in plan.stages.reversed() where stage.upperBound > plan.end {
      if plan.steps[stage.lowerBound].reach == .batch {
        runBatch(stage)
      } else {
        runImages(stage)
      }
    }
    // A batch normalization before all other steps.
    if plan.reachesInput, plan.isMeasured(behind: 0..<0) {
      for image in 0..<count { finish(0, image: image, slot: 0) }
    }
  }

  private func runBatch(_ stage: Range<Int>) {
    let step = stage.lowerBound
    if plan.isMeasured(behind: stage) {
      for image in 0..<count { finish(stage.upperBound, image: image, slot: 0) }
    }
    workspace.steps[step].backward(step: step, self)
    for image in 0..<count { join(boundary: step, image: image) }
  }

  /// A run of steps that take one image at a time.
  ///
  /// A batch normalization at its beginning only sums up what it needs of all images; the way through
  /// it belongs to the run before.
  private func runImages(_ stage: Range<Int>) {
    let slots = Workspace.slots(count)
    let finishes = plan.isMeasured(behind: stage)
    pool.forEach(slots.count) { slot in
      for step in stage { workspace.steps[step].clearSums(slot: slot) }
      for image in slots[slot] {
        if finishes { finish(stage.upperBound, image: image, slot: slot) }
        for step in stage.reversed() where step >= plan.end {
          workspace.steps[step].backward(
            workspace.image(step, image: image, slot: slot),
            workspace.gradient(step, image: image), self)
          if plan.steps[step].reach != .measured { join(boundary: step, image: image) }
        }
      }
    }
    for step in stage { workspace.steps[step].collect(slots: slots.count, self) }
  }

  /// The way through a batch normalization, when the sums over all images are known.
  private func finish(_ step: Int, image: Int, slot: Int) {
    workspace.steps[step].finish(
      workspace.image(step, image: image, slot: slot), workspace.gradient(step, image: image))
    join(boundary: step, image: image)
  }

  /// Adds the gradients of what else reads a boundary: residual blocks and layers of scales.
  private func join(boundary: Int, image: Int) {
    guard boundary > 0 || plan.reachesInput, let joins = plan.joins[boundary] else { return }
    let target = plan.boundaries[boundary]
    let dx = workspace.gradients(boundary, image: image) + target.start
    for join in joins { join.add(to: dx, target.layout, image: image, workspace) }
  }
}
