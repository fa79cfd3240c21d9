import Synchronization
import Tensors
import Testing

struct ThreadPoolTests {
  @Test(arguments: [1, 2, 5], [0, 1, 2, 7, 100])
  func everyPieceIsDoneOnce(threads: Int, count: Int) {
    let done = Mutex([Int](repeating: 0, count: count))
    ThreadPool(threadCount: threads).forEach(count) { piece in
      done.withLock { $0[piece] += 1 }
    }
    #expect(done.withLock { $0 } == [Int](repeating: 1, count: count))
  }

  @Test(arguments: [1, 2, 5], [0, 1, 2, 7, 100])
  func resultsAreInTheOrderOfThePieces(threads: Int, count: Int) {
    let squares = ThreadPool(threadCount: threads).map(count) { $0 * $0 }
    #expect(squares == (0..<count).map { $0 * $0 })
  }

  @Test(arguments: [0, 1, 2, 7, 8, 9, 15, 16, 17, 100], [1, 3, 8])
  func evenRangesCoverAllOnce(count: Int, parts: Int) {
    let ranges = evenRanges(count, parts: parts)
    #expect(ranges.flatMap(Array.init) == Array(0..<count))
    #expect(ranges.count <= parts)
    // Of equal length but for the last, which may be shorter.
    #expect(ranges.dropLast().allSatisfy { $0.count == ranges[0].count })
    #expect(ranges.allSatisfy { !$0.isEmpty && $0.count <= ranges[0].count })
  }

  @Test func blocksShareMemoryUntilOneIsChanged() {
    let first = Block([1, 2, 3])
    var second = first
    #expect(first.isSameMemory(as: second))
    second.elements[0] = 1
    #expect(first == second)
    #expect(!first.isSameMemory(as: second))
    #expect(!first.isSameMemory(as: Block([1, 2, 3])))
  }
}
