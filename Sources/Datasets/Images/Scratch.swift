/// Memory that is taken once and written again for every image, by one thread at a time: copies of what
/// holds it share it.
final class Scratch<Number: AdditiveArithmetic & BitwiseCopyable> {
  /// Room for `count` numbers, zeros at first.
  let base: UnsafeMutablePointer<Number>
  let count: Int

  init(_ count: Int) {
    self.count = count
    base = .allocate(capacity: count)
    base.initialize(repeating: .zero, count: count)
  }

  deinit { base.deallocate() }
}
