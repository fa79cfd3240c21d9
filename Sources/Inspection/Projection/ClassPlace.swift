public import Tensors

/// Where the images of a class lie on a map of features, and how well they stand apart.
public struct ClassPlace: Sendable {
  public let label: Int
  /// Of the rows.
  public let positions: [Int]
  /// The mean of its points, which may lie where there is none.
  public let center: (x: Double, y: Double)
  /// The root of the mean squared distance from the centre, on the map.
  public let spread: Double
  /// Of the images nearest to each of its images by their features, how many are of its class:
  /// 0 … 1; nil without others.
  public let ownNeighbours: Double?

  /// The place of each class, in ascending order.
  ///
  /// - Parameters:
  ///   - map: [N, 2]
  ///   - rows: The features, [N, F].
  ///   - labels: The class of each row.
  ///   - tracks: The track of each row: others of its own are no neighbours. Empty if unknown.
  ///   - count: How many neighbours of each row are looked at.
  /// - Throws: `ProjectionError.notFinite`.
  public static func places(
    on map: Tensor, of rows: Tensor, labels: [Int], tracks: [Int] = [], neighbours count: Int = 10,
    on pool: ThreadPool
  ) throws -> [ClassPlace] {
    let shares = try ownShares(rows, labels, tracks, count, on: pool)
    let positions = Dictionary(grouping: labels.indices) { labels[$0] }
    return positions.sorted { $0.key < $1.key }.map { label, positions in
      ClassPlace(label: label, positions, on: map, shares)
    }
  }

  private init(label: Int, _ positions: [Int], on map: Tensor, _ shares: [Double?]) {
    func mean(_ axis: Int) -> Double {
      positions.reduce(0) { $0 + Double(map.elements[2 * $1 + axis]) } / Double(positions.count)
    }
    let center = (x: mean(0), y: mean(1))
    let squares = positions.reduce(0.0) { sum, position in
      let dx = Double(map.elements[2 * position]) - center.x
      let dy = Double(map.elements[2 * position + 1]) - center.y
      return sum + dx * dx + dy * dy
    }
    let known = positions.compactMap { shares[$0] }
    self.label = label
    self.positions = positions
    self.center = center
    spread = (squares / Double(positions.count)).squareRoot()
    ownNeighbours = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// For each row, the share of its nearest that are of its class; nil where there are none.
  private static func ownShares(
    _ rows: Tensor, _ labels: [Int], _ tracks: [Int], _ count: Int, on pool: ThreadPool
  ) throws -> [Double?] {
    // As many more as a track could take.
    let longest = Dictionary(grouping: tracks) { $0 }.values.map(\.count).max() ?? 1
    let nearest = try nearestRows(
      count + longest - 1, of: rows, to: rows, leavingOutSelf: true, on: pool)
    return nearest.enumerated().map { row, nearest in
      let others = nearest.filter { neighbour in
        tracks.isEmpty || tracks[neighbour.row] != tracks[row]
      }.prefix(count)
      guard !others.isEmpty else { return nil }
      return Double(others.count { neighbour in labels[neighbour.row] == labels[row] })
        / Double(others.count)
    }
  }
}
