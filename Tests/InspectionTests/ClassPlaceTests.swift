import Inspection
import Tensors
import Testing

/// Where classes lie on a map, worked out by hand.
struct ClassPlaceTests {
  private let map = Tensor([4, 2], [0, 0, 2, 0, 0, 4, 10, 10])

  @Test func centreAndSpreadAreThoseOfTheMap() throws {
    let places = try ClassPlace.places(
      on: map, of: Tensor([4, 1], [0, 1, 2, 3]), labels: [7, 7, 3, 7], on: pool)
    #expect(places.map(\.label) == [3, 7])
    #expect(places.map(\.positions) == [[2], [0, 1, 3]])
    #expect(places[0].center == (x: 0, y: 4) && places[0].spread == 0)
    let (x, y) = (4.0, 10.0 / 3)
    #expect(isNear(places[1].center.x, x) && isNear(places[1].center.y, y))
    let squares = (x * x + y * y) + (4 + y * y) + (36 + (10 - y) * (10 - y))
    #expect(isNear(places[1].spread, (squares / 3).squareRoot()))
  }

  /// Features on a line: 0, 1, 2.5, 6.
  @Test func neighboursAreThoseOfTheFeatures() throws {
    let rows = Tensor([4, 1], [0, 1, 2.5, 6])
    func shares(_ count: Int, tracks: [Int] = []) throws -> [Double?] {
      try ClassPlace.places(
        on: map, of: rows, labels: [7, 7, 3, 7], tracks: tracks, neighbours: count, on: pool
      ).map(\.ownNeighbours)
    }
    // Of 2.5 it is 1, of class 7; of 0 it is 1, of 1 it is 0, of 6 it is 2.5, of class 3.
    #expect(try shares(1) == [0, 2.0 / 3])
    // Of two: 2.5 has 1 and 0; 0 has 1 and 2.5; 1 has 0 and 2.5; 6 has 2.5 and 1.
    #expect(try shares(2) == [0, 0.5])
    // 0 and 1 of one track: 2.5 is nearest to both.
    #expect(try shares(1, tracks: [5, 5, 6, 7]) == [0, 0])
    // All of one track: nobody is left.
    #expect(try shares(1, tracks: [5, 5, 5, 5]) == [nil, nil])
  }

  @Test func rowsThatAreNotFiniteAreRefused() {
    #expect(throws: ProjectionError.notFinite(row: 1)) {
      try ClassPlace.places(
        on: map, of: Tensor([4, 1], [0, .nan, 2, 3]), labels: [1, 1, 1, 1], on: pool)
    }
  }
}
