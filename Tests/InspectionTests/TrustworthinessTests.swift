import Inspection
import Tensors
import Testing

struct TrustworthinessTests {
  @Test func shareIsThatOfScikitLearn() throws {
    let digits = try Digits.read()
    #expect(digits.trustworthiness.count == 3)
    for (neighbours, expected) in digits.trustworthiness {
      let found = try trustworthiness(
        of: digits.givenMap, showing: digits.pixels(0..<200),
        neighbours: try #require(Int(neighbours)), on: pool)
      // Pixels are whole numbers: rows equally far have another order there.
      #expect(isNear(try #require(found), expected, within: 1e-4), "\(neighbours)")
    }
  }

  @Test func mapThatKeepsAllNeighboursIsTrusted() throws {
    let rows = Tensor([40, 1], (0..<40).map { Float($0 * $0) })
    let stretched = Tensor([40, 1], rows.elements.map { -3 * $0 + 100 })
    #expect(try trustworthiness(of: stretched, showing: rows, neighbours: 4, on: pool) == 1)
    #expect(try trustworthiness(of: rows, showing: rows, neighbours: 19, on: pool) == 1)
  }

  /// Four points, by the definition.
  @Test func intruderCountsByItsRank() throws {
    let rows = Tensor([4, 1], [0, 1, 3, 7])
    // On the map 0 and 7 have changed places: the nearest of each are …
    let map = Tensor([4, 1], [7, 1, 3, 0])
    // … 2 of 0 (rank 2), 3 of 1 (rank 3), 1 of 2 (rank 1), 1 of 3 (rank 2).
    let found = try trustworthiness(of: map, showing: rows, neighbours: 1, on: pool)
    // 1 − 2 / (4 · 1 · (8 − 3 − 1)) · (1 + 2 + 0 + 1)
    #expect(found == 0.5)
  }

  @Test func tooManyNeighboursHaveNone() throws {
    let rows = Tensor([6, 1], [0, 1, 2, 3, 4, 5])
    for neighbours in [0, 3, 6] {
      #expect(
        try trustworthiness(of: rows, showing: rows, neighbours: neighbours, on: pool) == nil)
    }
  }
}
