/// Σ x² of a block.
///
/// Squares are summed up in single precision over chunks of 4096 numbers, 64 lanes at a time, and the
/// chunks in double precision, in order: the same bits on any number of threads.
package enum SquaredNorm {
  private static let chunk = 4096

  package static func of(_ block: Block, on pool: ThreadPool) -> Double {
    let pieces = evenRanges((block.count + chunk - 1) / chunk, parts: 8)
    return block.elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return 0 }
      nonisolated(unsafe) let x = base  // only read
      let count = elements.count
      return pool.map(pieces.count) { piece in
        pieces[piece].reduce(0.0) { sum, number in
          let start = number * chunk
          return sum + Double(squares(x + start, count: min(chunk, count - start)))
        }
      }.reduce(0, +)
    }
  }

  private static func squares(_ x: UnsafePointer<Float>, count: Int) -> Float {
    // Four sums, so that no addition waits for the one before it.
    var (a, b, c, d) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var i = 0
    while i + 64 <= count {
      let (p, q) = (x.vector(at: i), x.vector(at: i + 16))
      let (r, s) = (x.vector(at: i + 32), x.vector(at: i + 48))
      a.accumulate(p, p)
      b.accumulate(q, q)
      c.accumulate(r, r)
      d.accumulate(s, s)
      i += 64
    }
    while i < count {
      let p = x.vector(at: i, lanes: min(16, count - i))
      a.accumulate(p, p)
      i += 16
    }
    return ((a + b) + (c + d)).sum()
  }
}
