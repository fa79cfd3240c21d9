extension ThreadPool {
  /// What `body` gives for each piece 0 ..< `count`, in their order.
  package func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    var results = [Result?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base  // pieces write disjoint places
      forEach(count) { target[$0] = body($0) }
    }
    return results.compactMap(\.self)
  }
}
