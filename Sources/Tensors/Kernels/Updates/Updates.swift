/// One optimizer step over a range of weights.
package enum Updates {
  /// g ← g + decay·w;  v ← momentum·v + g;  w ← w − rate·v  (PyTorch's SGD).
  package static func sgd(
    _ weights: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
    velocity: UnsafeMutablePointer<Float>, count: Int, rate: Float, momentum: Float, decay: Float
  ) {
    let (rates, momenta) = (Vector(repeating: rate), Vector(repeating: momentum))
    let decays = Vector(repeating: decay)
    forEachVector(count) { i, lanes in
      let w = weights.vector(at: i, lanes: lanes)
      var g = gradient.vector(at: i, lanes: lanes)
      g.accumulate(decays, w)
      g.accumulate(momenta, velocity.vector(at: i, lanes: lanes))
      velocity.store(g, at: i, lanes: lanes)
      weights.store(w - rates * g, at: i, lanes: lanes)
    }
  }

  /// Adam (Kingma and Ba 2015) in PyTorch's form, and AdamW with `keep` below 1.
  ///
  /// m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  w ← keep·w − step·m / (√v / √correction + ε)
  package static func adam(
    _ weights: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
    mean: UnsafeMutablePointer<Float>, square: UnsafeMutablePointer<Float>, count: Int,
    step: Float, betas: (Double, Double), epsilon: Float, squareCorrection: Float, keep: Float
  ) {
    let (beta1, beta2) = (Vector(repeating: Float(betas.0)), Vector(repeating: Float(betas.1)))
    // 1 − 0.999 in single precision would be off by 5·10⁻⁵.
    let rest1 = Vector(repeating: Float(1 - betas.0))
    let rest2 = Vector(repeating: Float(1 - betas.1))
    let (steps, epsilons) = (Vector(repeating: step), Vector(repeating: epsilon))
    let scale = Vector(repeating: 1 / squareCorrection.squareRoot())
    let keeps = Vector(repeating: keep)
    forEachVector(count) { i, lanes in
      let w = keeps * weights.vector(at: i, lanes: lanes)
      let g = gradient.vector(at: i, lanes: lanes)
      var m = beta1 * mean.vector(at: i, lanes: lanes)
      m.accumulate(rest1, g)
      var v = beta2 * square.vector(at: i, lanes: lanes)
      v.accumulate(rest2, g * g)
      mean.store(m, at: i, lanes: lanes)
      square.store(v, at: i, lanes: lanes)
      weights.store(w - steps * m / (v.squareRoot() * scale + epsilons), at: i, lanes: lanes)
    }
  }

  /// `sgd` over whole blocks.
  package static func sgd(
    _ weights: inout Block, gradient: Block, velocity: inout Block, rate: Float, momentum: Float,
    decay: Float, on pool: ThreadPool
  ) {
    withPointers(&weights, gradient, &velocity) { w, g, v, count in
      nonisolated(unsafe) let (w, g, v) = (w, g, v)  // pieces write disjoint ranges
      forEachPiece(count, on: pool) { piece in
        sgd(
          w + piece.lowerBound, gradient: g + piece.lowerBound, velocity: v + piece.lowerBound,
          count: piece.count, rate: rate, momentum: momentum, decay: decay)
      }
    }
  }

  /// `adam` over whole blocks.
  package static func adam(
    _ weights: inout Block, gradient: Block, mean: inout Block, square: inout Block, step: Float,
    betas: (Double, Double), epsilon: Float, squareCorrection: Float, keep: Float,
    on pool: ThreadPool
  ) {
    withPointers(&weights, gradient, &mean) { w, g, m, count in
      square.elements.withUnsafeMutableBufferPointer { square in
        guard let base = square.baseAddress else { return }
        nonisolated(unsafe) let (w, g, m, v) = (w, g, m, base)  // pieces write disjoint ranges
        forEachPiece(count, on: pool) { piece in
          adam(
            w + piece.lowerBound, gradient: g + piece.lowerBound, mean: m + piece.lowerBound,
            square: v + piece.lowerBound, count: piece.count, step: step, betas: betas,
            epsilon: epsilon, squareCorrection: squareCorrection, keep: keep)
        }
      }
    }
  }

  private typealias Pointer = UnsafeMutablePointer<Float>

  private static func withPointers(
    _ weights: inout Block, _ gradient: Block, _ moment: inout Block,
    _ body: (Pointer, UnsafePointer<Float>, Pointer, _ count: Int) -> Void
  ) {
    weights.elements.withUnsafeMutableBufferPointer { w in
      gradient.elements.withUnsafeBufferPointer { g in
        moment.elements.withUnsafeMutableBufferPointer { m in
          guard let w = w.baseAddress, let g = g.baseAddress, let m = m.baseAddress else { return }
          body(w, g, m, gradient.count)
        }
      }
    }
  }

  private static func forEachPiece(
    _ count: Int, on pool: ThreadPool, _ body: @Sendable (Range<Int>) -> Void
  ) {
    let pieces = evenRanges(count, parts: 8)
    pool.forEach(pieces.count) { body(pieces[$0]) }
  }

  @inline(__always)
  private static func forEachVector(_ count: Int, _ body: (_ offset: Int, _ lanes: Int) -> Void) {
    var i = 0
    while i + 16 <= count {
      body(i, 16)
      i += 16
    }
    if i < count { body(i, count - i) }
  }
}
