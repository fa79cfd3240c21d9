/// What springs on weights pull, and what importances are summed up from along the way.
///
/// Blocks have to be of one length, which callers check. They are cut into pieces of a fixed number: the same bits on any number of threads.
package enum Springs {
  private static let pieceCount = 8

  /// g ← g + 2·strength·Ω·(w − θ*)
  ///
  /// - Returns: Σ Ω·(w − θ*)², added up in double precision.
  package static func pull(
    _ gradient: inout Block, weights: Block, importance: Block, anchor: Block, strength: Float,
    on pool: ThreadPool
  ) -> Double {
    precondition(
      [weights.count, importance.count, anchor.count].allSatisfy { $0 == gradient.count })
    return weights.elements.withUnsafeBufferPointer { w in
      importance.elements.withUnsafeBufferPointer { o in
        anchor.elements.withUnsafeBufferPointer { a in
          gradient.elements.withUnsafeMutableBufferPointer { g in
            guard let w = w.baseAddress, let o = o.baseAddress, let a = a.baseAddress,
              let g = g.baseAddress
            else { return 0 }
            nonisolated(unsafe) let blocks = (w, o, a, g)  // pieces write disjoint ranges
            return sum(weights.count, on: pool) { i, lanes in
              let (w, o, a, g) = blocks
              let away = w.vector(at: i, lanes: lanes) - a.vector(at: i, lanes: lanes)
              let pull = o.vector(at: i, lanes: lanes) * away
              var slope = g.vector(at: i, lanes: lanes)
              slope.accumulate(Vector(repeating: 2 * strength), pull)
              g.store(slope, at: i, lanes: lanes)
              return pull * away
            }
          }
        }
      }
    }
  }

  /// ω ← ω − g·(after − before)
  package static func follow(
    _ path: inout Block, slope: Block, from before: Block, to after: Block, on pool: ThreadPool
  ) {
    let count = path.count
    precondition([slope.count, before.count, after.count].allSatisfy { $0 == count })
    slope.elements.withUnsafeBufferPointer { g in
      before.elements.withUnsafeBufferPointer { b in
        after.elements.withUnsafeBufferPointer { w in
          path.elements.withUnsafeMutableBufferPointer { p in
            guard let g = g.baseAddress, let b = b.baseAddress, let w = w.baseAddress,
              let p = p.baseAddress
            else { return }
            nonisolated(unsafe) let blocks = (g, b, w, p)  // pieces write disjoint ranges
            _ = sum(count, on: pool) { i, lanes in
              let (g, b, w, p) = blocks
              let moved = w.vector(at: i, lanes: lanes) - b.vector(at: i, lanes: lanes)
              p.store(
                p.vector(at: i, lanes: lanes) - g.vector(at: i, lanes: lanes) * moved, at: i,
                lanes: lanes)
              return .zero
            }
          }
        }
      }
    }
  }

  /// The sum of what `body` gives for every vector, in double precision, chunk by chunk in order.
  @inline(__always)
  private static func sum(
    _ count: Int, on pool: ThreadPool,
    _ body: @Sendable (_ offset: Int, _ lanes: Int) -> Vector
  ) -> Double {
    let pieces = evenRanges((count + chunk - 1) / chunk, parts: pieceCount)
    return pool.map(pieces.count) { piece in
      pieces[piece].reduce(0.0) { total, number in
        let end = min((number + 1) * chunk, count)
        var part = Vector.zero
        var i = number * chunk
        while i + 16 <= end {
          part += body(i, 16)
          i += 16
        }
        if i < end { part += body(i, end - i) }
        return total + Double(part.sum())
      }
    }.reduce(0, +)
  }

  private static let chunk = 4096
}
