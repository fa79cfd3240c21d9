internal import Dispatch
internal import Synchronization

/// Runs numbered pieces of work on a fixed number of threads.
///
/// Callers cut work into pieces whose number and size do not depend on `threadCount`, and give each
/// piece memory of its own, so one thread and many produce the same bits.
public struct ThreadPool: Sendable {
  public let threadCount: Int

  public init(threadCount: Int) {
    precondition(threadCount > 0)
    self.threadCount = threadCount
  }

  /// Calls `body` once for every piece 0 ..< `count`, and returns when all are done.
  public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let workers = min(threadCount, count)
    guard workers > 1 else {
      for piece in 0..<count { body(piece) }
      return
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if piece >= count { return }
        body(piece)
      }
    }
  }
}

/// `count` items cut into at most `parts` runs of equal length (the last may be shorter).
public func evenRanges(_ count: Int, parts: Int) -> [Range<Int>] {
  guard count > 0 else { return [] }
  let length = (count + parts - 1) / parts
  return stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
}
