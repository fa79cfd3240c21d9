package import Tensors

/// Herding (Welling 2009), as iCaRL chooses exemplars (Rebuffi et al. 2017, algorithm 4): one after
/// the other, the row that brings the mean of those chosen nearest to the mean μ of all, the first of
/// equals.
///
///   p_k = argmin_x ‖μ − (φ(x) + Σ_{j<k} φ(p_j)) / k‖
///
/// - Parameters:
///   - features: [N, d]; rows of length 1, or of any length.
///   - count: How many to choose; all rows if there are fewer.
/// - Returns: Positions of rows, the most telling first: a prefix is the choice for a smaller count.
package func herding(_ features: Tensor, count: Int) -> [Int] {
  let (rows, width) = (features.shape[0], features.shape[1])
  var mean = [Double](repeating: 0, count: width)
  for row in 0..<rows {
    for i in 0..<width { mean[i] += Double(features.elements[row * width + i]) }
  }
  for i in 0..<width { mean[i] /= Double(max(1, rows)) }
  let lengths = (0..<rows).map { row in
    features.elements[row * width..<(row + 1) * width].reduce(0.0) { $0 + Double($1) * Double($1) }
  }
  // ‖kμ − S − φ‖² = ‖kμ − S‖² − 2·(kμ − S)·φ + ‖φ‖², where S is the sum of those chosen.
  var missing = mean
  var chosen: [Int] = []
  var isChosen = [Bool](repeating: false, count: rows)
  while chosen.count < min(count, rows) {
    let products = products(of: features, with: missing)
    var best = -1
    for row in 0..<rows where !isChosen[row] {
      if best < 0
        || lengths[row] - 2 * products[row] < lengths[best] - 2 * products[best]
      {
        best = row
      }
    }
    chosen.append(best)
    isChosen[best] = true
    for i in 0..<width { missing[i] += mean[i] - Double(features.elements[best * width + i]) }
  }
  return chosen
}

/// The inner product of every row with `vector`.
private func products(of features: Tensor, with vector: [Double]) -> [Double] {
  let width = features.shape[1]
  return features.elements.withUnsafeBufferPointer { elements in
    vector.withUnsafeBufferPointer { vector in
      (0..<features.shape[0]).map { row in
        var sums = SIMD8<Double>.zero
        var i = 0
        while i + 8 <= width {
          for lane in 0..<8 {
            sums[lane] += Double(elements[row * width + i + lane]) * vector[i + lane]
          }
          i += 8
        }
        var sum = sums.sum()
        while i < width {
          sum += Double(elements[row * width + i]) * vector[i]
          i += 1
        }
        return sum
      }
    }
  }
}
