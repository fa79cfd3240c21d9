import Randomness
import Tensors

/// The memory of one forward and backward pass, made once for up to `capacity` images.
///
/// Images are spread over a fixed number of slots, whatever the number of threads; each slot has
/// scratch memory and gradient sums of its own, added up in order at the end.
final class Workspace: Sendable {
  /// How those layers behave that do otherwise in training than at evaluation.
  enum Mode {
    /// By running statistics, nothing dropped.
    case evaluation
    /// By the batch's statistics; dropout draws from the stream.
    case training(RandomStream)

    var isTraining: Bool { if case .training = self { true } else { false } }
  }

  /// What a workspace can be used for.
  struct Use: Hashable {
    let architecture: Architecture
    /// Whether gradients are to be computed.
    let training: Bool
    /// Whether the values of all boundaries are there after a pass, as when training.
    var keepsAll = false
    /// Whether several layers may be one step.
    var isFused = true
    /// Whether the way back goes on to the images.
    var reachesInput = false
  }

  /// Slots a batch is cut into: the most threads that convolutions can use.
  static let slotCount = 8

  let use: Use
  let plan: Plan
  let capacity: Int
  /// Numbers in the network's blocks.
  let counts: ParameterList.Place
  /// Per boundary, [capacity] images, or where `isPassing` one image for every slot.
  let values: [AlignedMemory]
  /// Per boundary: whether an image's values may go when its slot takes the next image, as they
  /// may without a way back between two steps that take one image at a time.
  let isPassing: [Bool]
  /// As `values`; empty unless training.
  let gradients: [AlignedMemory]
  let steps: [any RunningStep]
  /// Per step, [capacity, values that come out].
  let marks: [ByteMemory?]
  let heads: [RunningHead]
  /// The network whose numbers are packed; held so that nobody changes them in place. nil when
  /// training, where they change with every step.
  nonisolated(unsafe) var packed: Network?  // a workspace is lent to one pass at a time

  var training: Bool { use.training }
  /// The length of what the heads read.
  var featureCount: Int { plan.boundaries[plan.steps.count].shape.count }

  init(_ use: Use, capacity: Int) {
    let (architecture, training) = (use.architecture, use.training)
    let plan = Plan(use)
    self.use = use
    self.plan = plan
    self.capacity = capacity
    counts = ParameterList.Place(
      weights: architecture.parameterCount, statistics: architecture.statisticsCount)
    let isPassing = Self.isPassing(plan, keepsAll: use.keepsAll)
    self.isPassing = isPassing
    values = zip(plan.boundaries, isPassing).map {
      AlignedMemory(($1 ? Self.slotCount : capacity) * $0.count)
    }
    gradients = training ? plan.boundaries.map { AlignedMemory(capacity * $0.count) } : []
    steps = plan.steps.enumerated().map { index, step in
      step.running(
        at: StepPlace(
          input: plan.boundaries[index].layout, output: plan.boundaries[index + 1].layout,
          capacity: capacity, training: training, needsGradient: plan.needsGradient(at: index)))
    }
    marks = zip(plan.steps, plan.boundaries.dropFirst()).map { step, output in
      training && step.hasMarks ? ByteMemory(capacity * output.shape.count) : nil
    }
    let places = architecture.parameters.suffix(2 * architecture.heads.count)
    heads = zip(architecture.heads, places.filter { $0.role == .weight }).map { head, weights in
      RunningHead(
        head, inputs: weights.fanIn, weights: weights.range.lowerBound, capacity: capacity,
        training: training)
    }
  }

  /// Bytes of the values and gradients of so many images, which are nearly all of a workspace.
  static func bytes(_ architecture: Architecture, images: Int, training: Bool) -> Int {
    let plan = Plan(architecture, training: training)
    let values = zip(plan.boundaries, isPassing(plan, keepsAll: false)).reduce(0) {
      $0 + $1.0.count * ($1.1 ? slotCount : images)
    }
    return 4 * values * (training ? 2 : 1)
  }

  private static func isPassing(_ plan: Plan, keepsAll: Bool) -> [Bool] {
    var isPassing = [Bool](repeating: false, count: plan.boundaries.count)
    if plan.training || keepsAll { return isPassing }
    for stage in plan.stages where plan.steps[stage.lowerBound].reach != .batch {
      // What comes out of a stage is wanted whole, and what is read a second time may be wanted by a
      // later one; the first goes in image by image.
      for boundary in stage where boundary > stage.lowerBound || boundary == 0 {
        isPassing[boundary] = plan.joins[boundary] == nil
      }
    }
    return isPassing
  }

  /// The images of each slot.
  static func slots(_ images: Int) -> [Range<Int>] { evenRanges(images, parts: slotCount) }
}

// MARK: Where values lie

extension Workspace {
  /// Where an image's values begin at a boundary.
  func values(_ boundary: Int, image: Int, slot: Int) -> UnsafeMutablePointer<Float> {
    values[boundary].base
      + (isPassing[boundary] ? slot : image) * plan.boundaries[boundary].count
  }

  /// Where an image's gradients begin at a boundary.
  func gradients(_ boundary: Int, image: Int) -> UnsafeMutablePointer<Float> {
    gradients[boundary].base + image * plan.boundaries[boundary].count
  }

  /// What the heads read, [capacity, features].
  var features: UnsafeMutablePointer<Float> { values[plan.steps.count].base }
  var featureGradient: UnsafeMutablePointer<Float> { gradients[plan.steps.count].base }

  /// An image's values around a step.
  func image(_ step: Int, image: Int, slot: Int) -> StepImage {
    let (input, output) = (plan.boundaries[step], plan.boundaries[step + 1])
    return StepImage(
      step: step, index: image, slot: slot, input: input.layout, output: output.layout,
      x: values(step, image: image, slot: slot), start: input.start,
      y: values(step + 1, image: image, slot: slot) + output.start,
      marks: marks[step].map { $0.base + image * output.shape.count })
  }

  /// An image's gradients around a step.
  func gradient(_ step: Int, image: Int) -> StepGradient {
    StepGradient(
      dx: gradients(step, image: image),
      dy: gradients(step + 1, image: image) + plan.boundaries[step + 1].start)
  }
}
