import Inspection
import Randomness
import Tensors
import Testing

struct NeighbourTests {
  @Test(arguments: Neighbour.Measure.allCases)
  func nearestAreThoseOfTheDefinition(measure: Neighbour.Measure) throws {
    let digits = try Digits.read()
    let queries = Tensor(
      [10, 64], stride(from: 400, to: 600, by: 20).flatMap { digits.pixels($0..<$0 + 1).elements })
    let found = try nearestRows(5, of: digits.pixels(0..<400), to: queries, by: measure, on: pool)
    let golden = try #require(digits.nearest[measure.rawValue])
    #expect(found.count == golden.count)
    for (neighbours, expected) in zip(found, golden) {
      #expect(neighbours.map(\.row) == expected.rows)
      for (neighbour, distance) in zip(neighbours, expected.distances) {
        #expect(isNear(neighbour.distance, distance))
      }
    }
  }

  /// Equal rows at many places of the blocks, where products may be added up in other orders.
  @Test(arguments: Neighbour.Measure.allCases)
  func equalRowsAreInTheOrderOfTheirPositions(measure: Neighbour.Measure) throws {
    var random = RandomStream(seed: 8)
    let kinds = (0..<3).map { _ in (0..<37).map { _ in 1000 + random.normal() } }
    let rows = Tensor([150, 37], (0..<150).flatMap { kinds[$0 % 3] })
    let found = try nearestRows(20, of: rows, to: rows, by: measure, on: pool)
    for (query, neighbours) in found.enumerated() {
      #expect(neighbours.map(\.row) == (0..<20).map { 3 * $0 + query % 3 })
      #expect(Set(neighbours.map(\.distance)).count == 1)
    }
  }

  /// Rows that differ little beside what is large in all, where |a|² + |b|² − 2ab is all rounding.
  @Test func roundingBreaksNoOrder() throws {
    var random = RandomStream(seed: 5)
    let (count, width) = (90, 37)
    let rows = Tensor(
      [count, width],
      (0..<count * width).map { $0 % width < 18 ? 100_000.3 : 3 + 0.002 * random.normal() })
    let found = try nearestRows(8, of: rows, to: rows, on: pool)
    for query in 0..<count {
      let squares = (0..<count).map { row in
        (0..<width).reduce(0.0) { sum, column in
          let (a, b) = (rows.elements[row * width + column], rows.elements[query * width + column])
          return sum + Double(a - b) * Double(a - b)
        }
      }
      let order = (0..<count).sorted { (squares[$0], $0) < (squares[$1], $1) }
      #expect(found[query].map(\.row) == Array(order.prefix(8)))
    }
  }

  @Test func rowIsNotItsOwnNeighbour() throws {
    let rows = try Digits.read().pixels(0..<70)
    let (all, others) = (
      try nearestRows(70, of: rows, to: rows, on: pool),
      try nearestRows(100, of: rows, to: rows, leavingOutSelf: true, on: pool)
    )
    for row in 0..<70 {
      #expect(all[row][0].row == row && all[row][0].distance == 0)
      #expect(others[row] == all[row].filter { $0.row != row })
    }
  }

  /// Rows of zeros are at right angles to all.
  @Test func zerosHaveNoDirection() throws {
    let rows = Tensor([4, 2], [0, 0, 2, 0, 0, 3, -1, 0])
    let found = try nearestRows(4, of: rows, to: rows, by: .cosine, on: pool)
    #expect(found[0].map(\.row) == [0, 1, 2, 3] && found[0].allSatisfy { $0.distance == 1 })
    #expect(found[1].map(\.row) == [1, 0, 2, 3])
    #expect(found[1].map(\.distance) == [0, 1, 1, 2])
  }

  @Test func fewOrNoRows() throws {
    let rows = Tensor([2, 1], [1, 5])
    let found = try nearestRows(9, of: rows, to: Tensor([1, 1], [4]), on: pool)
    #expect(found.count == 1 && found[0].map(\.row) == [1, 0])
    #expect(found[0].map(\.distance) == [1, 3])
    #expect(try nearestRows(3, of: Tensor(zeros: [0, 1]), to: rows, on: pool) == [[], []])
    #expect(try nearestRows(0, of: rows, to: rows, on: pool) == [[], []])
    let others = try nearestRows(1, of: rows, to: rows, leavingOutSelf: true, on: pool)
    #expect(others.map { $0.map(\.row) } == [[1], [0]])
    #expect(throws: ProjectionError.notFinite(row: 0)) {
      try nearestRows(1, of: rows, to: Tensor([1, 1], [.infinity]), on: pool)
    }
  }

  @Test func threadsDoNotMatter() throws {
    let rows = try Digits.read().pixels(0..<300)
    let found = try [1, 2, 3].map {
      try nearestRows(7, of: rows, to: rows, by: .cosine, on: ThreadPool(threadCount: $0))
    }
    #expect(found[0] == found[1] && found[0] == found[2])
  }
}
