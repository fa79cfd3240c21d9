import Tensors

/// A layer that a plan can carry out.
protocol RunnableLayer: LayerKind {
  /// The step that carries it out where no step before it can.
  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step
}

/// How far a step looks.
enum Reach {
  /// One image at a time.
  case image
  /// One image at a time, when all have passed the step before and were measured.
  case measured
  /// All images at once.
  case batch
}

/// One layer, or several that are computed together, as a plan has it.
protocol Step: Sendable {
  var reach: Reach { get }
  /// Whether training needs a byte for every value that comes out, from the way forward to the way
  /// back.
  var hasMarks: Bool { get }
  /// Whether it has weights, so that the way back has to come to it.
  var learns: Bool { get }
  /// What does this step and the layer behind it; nil if that cannot be one step.
  func fused(with placed: PlacedLayer, training: Bool) -> (any Step)?
  /// Gives what comes in the border that the step needs.
  ///
  /// - Parameter needsGradient: Whether the way back goes on to what comes in.
  func widen(_ input: inout Boundary, needsGradient: Bool)
  /// Of one image; the first step's input needs no gradient.
  func cost(isFirst: Bool, training: Bool) -> PassCost
  /// The step with its memory.
  func running(at place: StepPlace) -> any RunningStep
}

extension Step {
  var reach: Reach { .image }
  var hasMarks: Bool { false }
  var learns: Bool { true }
  func fused(with placed: PlacedLayer, training: Bool) -> (any Step)? { nil }
  func widen(_ input: inout Boundary, needsGradient: Bool) {}
  func cost(isFirst: Bool, training: Bool) -> PassCost { PassCost() }
}

extension Step where Self: RunningStep {
  func running(at place: StepPlace) -> any RunningStep { self }
}

/// Where a step stands in a workspace.
struct StepPlace {
  let input: ImageLayout
  let output: ImageLayout
  let capacity: Int
  let training: Bool
  /// Whether the way back goes on to what comes in.
  let needsGradient: Bool
}

/// A step with its memory: the ways forward and back of one image, or of all.
///
/// A pass calls what belongs to the step's reach, from several threads: no two have one image or one
/// slot.
protocol RunningStep: Sendable {
  /// Brings weights into the form that the kernels read, before the way forward.
  func pack(_ pass: ForwardPass)
  func forward(_ image: StepImage, _ pass: ForwardPass)
  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass)
  /// Zeroes a slot's sums, before the way back of its images.
  func clearSums(slot: Int)
  /// Adds up the sums of so many slots, in order, behind the way back of all images.
  func collect(slots: Int, _ pass: BackwardPass)

  // Of reach `measured`, besides.

  /// Measures an image when it comes out of the step before, in training.
  func measure(image: Int, _ x: UnsafePointer<Float>)
  /// Before the way forward of the images.
  func prepare(_ pass: ForwardPass)
  /// An image's way through the step, when the sums of all are collected.
  func finish(_ image: StepImage, _ gradient: StepGradient)
  /// Moves running statistics towards those of the last training pass over `count` images.
  func updateStatistics(_ statistics: UnsafeMutablePointer<Float>, count: Int)

  // Of reach `batch`: from boundary `step` to the next, or back.

  func forward(step: Int, _ pass: ForwardPass)
  func backward(step: Int, _ pass: BackwardPass)
}

extension RunningStep {
  func pack(_ pass: ForwardPass) {}
  func forward(_ image: StepImage, _ pass: ForwardPass) { trap() }
  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) { trap() }
  func clearSums(slot: Int) {}
  func collect(slots: Int, _ pass: BackwardPass) {}
  func measure(image: Int, _ x: UnsafePointer<Float>) { trap() }
  func prepare(_ pass: ForwardPass) { trap() }
  func finish(_ image: StepImage, _ gradient: StepGradient) { trap() }
  func updateStatistics(_ statistics: UnsafeMutablePointer<Float>, count: Int) {}
  func forward(step: Int, _ pass: ForwardPass) { trap() }
  func backward(step: Int, _ pass: BackwardPass) { trap() }

  private func trap() -> Never { preconditionFailure("\(Self.self) has another reach") }
}

/// One image's values around a step.
struct StepImage {
  /// Of the step in the plan, of the image in the batch, and its slot.
  let step: Int
  let index: Int
  let slot: Int
  let input: ImageLayout
  let output: ImageLayout
  /// What comes in, with its border, of which the first pixel lies at `start`.
  let x: UnsafePointer<Float>
  let start: Int
  /// What comes out, inside its border.
  let y: UnsafeMutablePointer<Float>
  /// The step's bytes for what comes out; nil at evaluation.
  let marks: UnsafeMutablePointer<UInt8>?

  /// What comes in, inside its border.
  var inside: UnsafePointer<Float> { x + start }

  /// Where each row of what comes out begins, and that of what comes in at the same height.
  @inline(__always)
  func forEachRow(_ body: (_ row: Int, _ from: Int, _ to: Int) -> Void) {
    for row in 0..<output.height { body(row, start + row * input.row, row * output.row) }
  }
}

/// One image's gradients around a step: as its values, the first with its border.
struct StepGradient {
  let dx: UnsafeMutablePointer<Float>
  let dy: UnsafeMutablePointer<Float>
}

/// A second way in which a boundary is read, besides by the step behind it.
protocol Join: Sendable {
  /// Adds its gradient to an image's at the boundary.
  ///
  /// - Parameter dx: Inside the border.
  func add(
    to dx: UnsafeMutablePointer<Float>, _ layout: ImageLayout, image: Int, _ workspace: Workspace)
}
