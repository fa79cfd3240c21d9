import Randomness
import Tensors

extension Workspace {
  /// Computes the logits of all heads, leaving behind what `backward` needs.
  ///
  /// - Parameter images: [N, height, width, channels]
  /// - Returns: How many images there were.
  func forward(
    _ images: Tensor, _ network: Network, mode: Mode = .evaluation, on pool: ThreadPool
  ) -> Int {
    let count = images.shape[0]
    precondition(count <= capacity && network.weights.count == counts.weights)
    precondition(network.statistics.count == counts.statistics)
    images.elements.withUnsafeBufferPointer { images in
      network.weights.elements.withUnsafeBufferPointer { weights in
        network.statistics.elements.withUnsafeBufferPointer { statistics in
          guard let images = images.baseAddress, let weights = weights.baseAddress else { return }
          let pass = ForwardPass(
            workspace: self, images: images, count: count, weights: weights,
            statistics: statistics.baseAddress ?? weights, mode: mode, pool: pool)
          if packed?.isSameMemory(as: network) != true {
            pool.forEach(steps.count) { steps[$0].pack(pass) }
            packed = training ? nil : network
          }
          pass.run()
        }
      }
    }
    return count
  }
}

extension Network {
  fileprivate func isSameMemory(as other: Network) -> Bool {
    weights.isSameMemory(as: other.weights) && statistics.isSameMemory(as: other.statistics)
  }
}

/// One way forward: stage by stage, and within a stage image by image.
struct ForwardPass: @unchecked Sendable {  // pointers that are only read
  let workspace: Workspace
  let images: UnsafePointer<Float>
  let count: Int
  /// The network's block.
  let weights: UnsafePointer<Float>
  let statistics: UnsafePointer<Float>
  let mode: Workspace.Mode
  let pool: ThreadPool

  fileprivate func run() {
    // Where the first stage needs all images at once.
    let isBatch = workspace.plan.steps.first.map { $0.reach == .batch } ?? true
    if isBatch || measures(behind: 0..<0) { run(0..<0) }
    for stage in workspace.plan.stages {
      let (first, step) = (stage.lowerBound, workspace.steps[stage.lowerBound])
      switch workspace.plan.steps[first].reach {
      case .batch:
        step.forward(step: first, self)
        guard measures(behind: stage) else { continue }
        for image in 0..<count { measure(step: first + 1, image: image) }
      case .measured:
        step.prepare(self)
        run(stage)
      case .image: run(stage)
      }
    }
    for head in workspace.heads { head.forward(self) }
  }

  /// Copies an image of the batch into the first boundary, inside its border.
  private func take(image: Int, slot: Int) {
    let boundary = workspace.plan.boundaries[0]
    let layout = boundary.layout
    let source = images + image * boundary.shape.count
    let target = workspace.values(0, image: image, slot: slot) + boundary.start
    for row in 0..<layout.height {
      (target + row * layout.row).update(from: source + row * layout.length, count: layout.length)
    }
  }

  /// A run of steps that take one image at a time.
  private func run(_ stage: Range<Int>) {
    let slots = Workspace.slots(count)
    let measured = measures(behind: stage)
    pool.forEach(slots.count) { slot in
      for image in slots[slot] {
        if stage.lowerBound == 0 { take(image: image, slot: slot) }
        for step in stage {
          workspace.steps[step].forward(workspace.image(step, image: image, slot: slot), self)
        }
        if measured { measure(step: stage.upperBound, image: image) }
      }
    }
  }

  /// Whether the step behind a stage measures what comes out of it.
  private func measures(behind stage: Range<Int>) -> Bool {
    mode.isTraining && workspace.plan.isMeasured(behind: stage)
  }

  private func measure(step: Int, image: Int) {
    workspace.steps[step].measure(image: image, workspace.values(step, image: image, slot: 0))
  }
}
