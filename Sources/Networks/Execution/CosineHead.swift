import Tensors

/// A cosine head: z = σ·cos(f, w) for every row w of W [K, F].
struct CosineHead: Sendable {
  private let head: PlannedHead
  private let memory: CosineMemory

  init(_ head: PlannedHead, capacity: Int, training: Bool) {
    self.head = head
    memory = CosineMemory(
      capacity: capacity, inputs: head.inputs, outputs: head.outputs, training: training)
  }

  /// features [N, F] → logits [N, K]
  ///
  /// - Parameter weights: Of the head: W, then σ.
  func forward(
    _ features: UnsafePointer<Float>, count: Int, weights: UnsafePointer<Float>,
    into logits: UnsafeMutablePointer<Float>, on pool: ThreadPool
  ) {
    Normalization.forward(
      features, images: count, features: head.inputs, into: memory.features.base,
      norms: memory.featureNorms.base)
    Normalization.forward(
      weights, images: head.outputs, features: head.inputs, into: memory.weights.base,
      norms: memory.weightNorms.base)
    Linear.forward(
      memory.features.base, weights: memory.weights.base, bias: nil, images: count,
      inputs: head.inputs, outputs: head.outputs, slope: 1, into: memory.cosines.base, on: pool)
    let sigma = weights[head.inputs * head.outputs]
    for index in 0..<count * head.outputs { logits[index] = sigma * memory.cosines.base[index] }
  }

  /// - Parameters:
  ///   - dz: [N, K]; σ·dz afterwards.
  ///   - gradient: Of W, then σ; added to.
  ///   - dx: [N, F], replaced, or added to if `adding`.
  func backward(
    _ dz: UnsafeMutablePointer<Float>, count: Int, weights: UnsafePointer<Float>,
    into gradient: UnsafeMutablePointer<Float>, adding: Bool,
    _ dx: UnsafeMutablePointer<Float>, on pool: ThreadPool
  ) {
    let back = forTraining(memory.back)
    let (inputs, outputs) = (head.inputs, head.outputs)
    let sigma = weights[inputs * outputs]
    var slope: Float = 0
    for index in 0..<count * outputs {
      slope += dz[index] * memory.cosines.base[index]
      dz[index] *= sigma
    }
    gradient[inputs * outputs] += slope
    back.weights.base.update(repeating: 0, count: inputs * outputs)
    Linear.backwardWeights(
      dz, memory.features.base, images: count, inputs: inputs, outputs: outputs,
      into: back.weights.base, bias: nil, on: pool)
    Normalization.backward(
      back.weights.base, y: memory.weights.base, norms: memory.weightNorms.base, images: outputs,
      features: inputs)
    for index in 0..<inputs * outputs { gradient[index] += back.weights.base[index] }
    Linear.backwardInput(
      dz, weights: memory.weights.base, images: count, inputs: inputs, outputs: outputs,
      adding: false, into: back.features.base, on: pool)
    Normalization.backward(
      back.features.base, y: memory.features.base, norms: memory.featureNorms.base, images: count,
      features: inputs)
    for index in 0..<count * inputs {
      dx[index] = (adding ? dx[index] : 0) + back.features.base[index]
    }
  }
}

/// What a cosine head keeps: features and rows of length 1, their lengths before, and the cosines.
private struct CosineMemory: Sendable {
  let features: AlignedMemory
  let featureNorms: AlignedMemory
  let weights: AlignedMemory
  let weightNorms: AlignedMemory
  let cosines: AlignedMemory
  /// Gradients at the features and rows of length 1.
  let back: (features: AlignedMemory, weights: AlignedMemory)?

  init(capacity: Int, inputs: Int, outputs: Int, training: Bool) {
    features = AlignedMemory(capacity * inputs)
    featureNorms = AlignedMemory(capacity)
    weights = AlignedMemory(outputs * inputs)
    weightNorms = AlignedMemory(outputs)
    cosines = AlignedMemory(capacity * outputs)
    back =
      training ? (AlignedMemory(capacity * inputs), AlignedMemory(outputs * inputs)) : nil
  }
}
