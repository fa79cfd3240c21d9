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

  /// Slots a batch is cut into: the most threads that convolutions can use.
  static let slotCount = 8

  let architecture: Architecture
  let plan: Plan
  let capacity: Int
  let training: Bool
  let keepsAll: Bool
  /// Per boundary, [capacity] images, or where `isPassing` one image for every slot.
  let values: [AlignedMemory]
  /// Per boundary: whether an image's values may go when its slot takes the next image, as they
  /// may without a way back between two steps that take one image at a time.
  let isPassing: [Bool]
  /// As `values`; empty unless training.
  let gradients: [AlignedMemory]
  /// Per step.
  let steps: [StepMemory]
  /// Per head.
  let heads: [HeadMemory]
  /// The numbers that are packed; held so that nobody changes them in place. nil when training,
  /// where they change with every step.
  nonisolated(unsafe) var packed: Numbers?  // a workspace is lent to one pass at a time

  /// - Parameters:
  ///   - training: Whether gradients are to be computed.
  ///   - keepsAll: Whether the values of all boundaries are there after a pass, as when training.
  init(_ architecture: Architecture, capacity: Int, training: Bool, keepsAll: Bool) {
    let plan = Plan(architecture, training: training)
    self.architecture = architecture
    self.plan = plan
    self.capacity = capacity
    self.training = training
    self.keepsAll = keepsAll
    let isPassing = Self.isPassing(plan, training: training, keepsAll: keepsAll)
    self.isPassing = isPassing
    values = zip(plan.boundaries, isPassing).map {
      AlignedMemory(($1 ? Self.slotCount : capacity) * $0.count)
    }
    gradients = training ? plan.boundaries.map { AlignedMemory(capacity * $0.count) } : []
    steps = plan.steps.enumerated().map { index, step in
      StepMemory(
        step, output: plan.boundaries[index + 1], capacity: capacity, training: training,
        isFirst: index == 0)
    }
    heads = plan.heads.map { HeadMemory($0, capacity: capacity, training: training) }
  }

  /// Bytes of the values and gradients of so many images, which are nearly all of a workspace.
  static func bytes(_ architecture: Architecture, images: Int, training: Bool) -> Int {
    let plan = Plan(architecture, training: training)
    let isPassing = isPassing(plan, training: training, keepsAll: false)
    let values = zip(plan.boundaries, isPassing).reduce(0) {
      $0 + $1.0.count * ($1.1 ? slotCount : images)
    }
    return 4 * values * (training ? 2 : 1)
  }

  private static func isPassing(_ plan: Plan, training: Bool, keepsAll: Bool) -> [Bool] {
    var isPassing = [Bool](repeating: false, count: plan.boundaries.count)
    if training || keepsAll { return isPassing }
    for stage in plan.stages where !plan.steps[stage.lowerBound].isDense {
      // What comes out of a stage is wanted whole, and what is read a second time may be wanted by a
      // later one; the first goes in image by image.
      for boundary in stage where boundary > stage.lowerBound || boundary == 0 {
        isPassing[boundary] = plan.joins[boundary] == nil
      }
    }
    return isPassing
  }

  /// Where an image's values begin at a boundary.
  func values(_ boundary: Int, image: Int, slot: Int) -> UnsafeMutablePointer<Float> {
    values[boundary].base
      + (isPassing[boundary] ? slot : image) * plan.boundaries[boundary].count
  }

  /// The images of each slot.
  static func slots(_ images: Int) -> [Range<Int>] { evenRanges(images, parts: slotCount) }
}

/// What one step keeps between the ways forward and back, and its scratch memory per slot.
struct StepMemory: @unchecked Sendable {  // slots and images are disjoint
  /// Convolution weights for the way forward.
  var packed: AlignedMemory?
  /// Convolution weights for the input's gradient, in the form that the step needs.
  var packedBack: AlignedMemory?
  /// A convolution's weights, then its bias, with the batch normalisation behind in them.
  var folded: AlignedMemory?
  /// Which pixel of each 2×2 cell won, [capacity, cells, channels].
  var winners: ByteMemory?
  /// Norms of the features, [capacity].
  var norms: AlignedMemory?
  /// Batch normalisation: each image's moments, [capacity, 2, channels].
  var moments: AlignedMemory?
  /// Batch normalisation: the figures of the batch.
  var table: AlignedMemory?
  /// Which values dropout kept, [capacity, count].
  var kept: ByteMemory?
  /// Per slot: scratch memory of a convolution and of its gradients.
  var rows: AlignedMemory?
  var rowsPerSlot = 0
  /// Per slot: the gradient of a convolution's output with a border of zeros.
  var padded: AlignedMemory?
  var paddedPerSlot = 0
  /// Per slot: outputs sorted by winner.
  var order: ByteMemory?
  var orderPerSlot = 0
  /// Per slot: sums of weight gradients, then of bias gradients.
  var sums: AlignedMemory?
  var sumsPerSlot = 0

  init(_ step: Plan.Step, output: Boundary, capacity: Int, training: Bool, isFirst: Bool) {
    switch step {
    case .convolution(let convolution):
      makeMemory(for: convolution, output, capacity: capacity, training: training, isFirst)
    case .normalization(let normalization):
      let channels = normalization.channels
      table = AlignedMemory(BatchNormalization.Table.count(channels: channels))
      guard training else { break }
      moments = AlignedMemory(capacity * 2 * channels)
      sumsPerSlot = 2 * channels
      sums = AlignedMemory(Workspace.slotCount * sumsPerSlot)
      if normalization.pooled { winners = ByteMemory(capacity * output.shape.count) }
    case .maxPool: winners = training ? ByteMemory(capacity * output.shape.count) : nil
    case .normalize: norms = AlignedMemory(capacity)
    case .dropout: kept = training ? ByteMemory(capacity * output.shape.count) : nil
    case .activation, .flatten, .dense, .globalAveragePool, .add, .gather: break
    }
    if rowsPerSlot > 0 { rows = AlignedMemory(Workspace.slotCount * rowsPerSlot) }
  }

  private mutating func makeMemory(
    for convolution: Plan.FusedConvolution, _ output: Boundary, capacity: Int, training: Bool,
    _ isFirst: Bool
  ) {
    let geometry = convolution.geometry
    packed = AlignedMemory(PackedWeights.count(geometry))
    rowsPerSlot = Convolution.scratchCount(geometry)
    if convolution.normalization != nil {
      folded = AlignedMemory(geometry.weightCount + geometry.outputs)
    }
    guard training else { return }
    sumsPerSlot = convolution.gradientSumCount + geometry.outputs
    sums = AlignedMemory(Workspace.slotCount * sumsPerSlot)
    if convolution.gradientAlgorithm == .winograd {
      rowsPerSlot = max(rowsPerSlot, WinogradWeightGradient.scratchCount(geometry))
    }
    if convolution.pooled {
      winners = ByteMemory(capacity * output.shape.count)
      guard !isFirst else { return }
      packedBack = AlignedMemory(PackedWeights.scatterCount(geometry))
      orderPerSlot = 2 * output.height * output.width * (output.channels + 4)
      order = ByteMemory(Workspace.slotCount * orderPerSlot)
    } else if !isFirst {
      let back = geometry.transposed
      packedBack = AlignedMemory(PackedWeights.count(back))
      paddedPerSlot = back.paddedCount
      padded = AlignedMemory(Workspace.slotCount * paddedPerSlot)
      rowsPerSlot = max(rowsPerSlot, Convolution.scratchCount(back))
    }
  }
}

/// The memory of one head.
struct HeadMemory: Sendable {
  /// [capacity, outputs]; when training their gradients too.
  var logits: AlignedMemory
  var gradients: AlignedMemory?
  var cosine: CosineMemory?

  init(_ head: Plan.FusedDense, capacity: Int, training: Bool) {
    logits = AlignedMemory(capacity * head.outputs)
    gradients = training ? AlignedMemory(capacity * head.outputs) : nil
    cosine =
      head.isCosine
      ? CosineMemory(
        capacity: capacity, inputs: head.inputs, outputs: head.outputs, training: training) : nil
  }
}
