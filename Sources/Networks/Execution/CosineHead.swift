import Tensors

/// A cosine head: z = σ·cos(f, w) for every row w of W [K, F].
struct CosineHead: Sendable {
  /// Vectors of length 1, and how long they were.
  private struct Rows {
    let unit: AlignedMemory
    let norms: AlignedMemory
    /// At the vectors of length 1; when training.
    let gradients: AlignedMemory?

    init(_ count: Int, length: Int, training: Bool) {
      unit = AlignedMemory(count * length)
      norms = AlignedMemory(count)
      gradients = training ? AlignedMemory(count * length) : nil
    }
  }

  private let inputs: Int
  private let outputs: Int
  private let features: Rows
  private let rows: Rows
  private let cosines: AlignedMemory

  init(inputs: Int, outputs: Int, capacity: Int, training: Bool) {
    self.inputs = inputs
    self.outputs = outputs
    features = Rows(capacity, length: inputs, training: training)
    rows = Rows(outputs, length: inputs, training: training)
    cosines = AlignedMemory(capacity * outputs)
  }

  /// features [N, F] → logits [N, K]
  ///
  /// - Parameter weights: Of the head: W, then σ.
  func forward(
    _ x: UnsafePointer<Float>, count: Int, weights: UnsafePointer<Float>,
    into logits: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    Normalization.forward(
      x, images: count, features: inputs, into: features.unit.base, norms: features.norms.base)
    Normalization.forward(
      weights, images: outputs, features: inputs, into: rows.unit.base, norms: rows.norms.base)
    Linear.forward(
      features.unit.base, weights: rows.unit.base, bias: nil, images: count, inputs: inputs,
      outputs: outputs, slope: 1, into: cosines.base, on: pool)
    let sigma = weights[inputs * outputs]
    for index in 0..<count * outputs { logits[index] = sigma * cosines.base[index] }
  }

  /// - Parameters:
  ///   - dz: [N, K]; σ·dz afterwards.
  ///   - gradient: Of W, then σ; added to.
  ///   - dx: [N, F], replaced, or added to if `adding`.
  func backward(
    _ dz: UnsafeMutablePointer<Float>, count: Int, weights: UnsafePointer<Float>,
    into gradient: UnsafeMutablePointer<Float>, adding: Bool,
    _ dx: UnsafeMutablePointer<Float>, _ pool: ThreadPool
  ) {
    let df = forTraining(features.gradients).base
    let dw = forTraining(rows.gradients).base
    let size = inputs * outputs
    var slope: Float = 0
    for index in 0..<count * outputs {
      slope += dz[index] * cosines.base[index]
      dz[index] *= weights[size]
    }
    gradient[size] += slope
    dw.update(repeating: 0, count: size)
    Linear.backwardWeights(
      dz, features.unit.base, images: count, inputs: inputs, outputs: outputs, into: dw, bias: nil,
      on: pool)
    Normalization.backward(
      dw, y: rows.unit.base, norms: rows.norms.base, images: outputs, features: inputs)
    for index in 0..<size { gradient[index] += dw[index] }
    Linear.backwardInput(
      dz, weights: rows.unit.base, images: count, inputs: inputs, outputs: outputs, adding: false,
      into: df, on: pool)
    Normalization.backward(
      df, y: features.unit.base, norms: features.norms.base, images: count, features: inputs)
    for index in 0..<count * inputs { dx[index] = (adding ? dx[index] : 0) + df[index] }
  }
}
