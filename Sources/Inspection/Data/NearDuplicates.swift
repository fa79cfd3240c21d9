public import Datasets
public import Networks
import Tensors

/// Two images that are nearly the same.
public struct NearDuplicate: Hashable, Sendable {
  public struct Place: Hashable, Sendable {
    public let split: DataSet.Split
    public let image: Int

    package init(split: DataSet.Split, image: Int) {
      self.split = split
      self.image = image
    }
  }

  /// Why it matters, the most serious first.
  public enum Concern: Int, CaseIterable, Sendable {
    /// Two labels for one picture: one of them is wrong.
    case labels
    /// A test image that was trained on.
    case splits
    /// Frames of one sign under two tracks, or images of a split without tracks.
    case tracks
  }

  public let first: Place
  public let second: Place
  /// Pearson's, of the bytes of all channels.
  public let correlation: Double
  public let concern: Concern

  package init(first: Place, second: Place, correlation: Double, concern: Concern) {
    self.first = first
    self.second = second
    self.correlation = correlation
    self.concern = concern
  }
}

/// Finds all pairs of images whose pixels correlate at least so much, but for those of one track.
///
/// An image's bytes, less their mean and divided by their deviation, are a vector z of unit mean square;
/// r = 1 − d² / 2, d² the mean square of z − z′. Averages over parts of the image lie no farther
/// apart than the images (the squared distance of the means never exceeds that of what is averaged),
/// nor do their projections on a line: images are sorted along the line on which they differ most,
/// and those too far apart there, or in averages over 4 × 4 and 8 × 8 parts, cannot be a pair. What is
/// left is correlated in whole numbers, so that no pair is missed and none is guessed.
public struct NearDuplicateSearch: PiecewiseWork, Sendable {
  /// With more pairs the rest is not looked for.
  public static let limit = 100_000
  /// Sketches may be off by rounding.
  private static let slack: Float = 1e-3
  private static let rowsPerPiece = 64

  private let data: DataSet
  private let least: Double
  private var rows: [Row] = []
  /// What the images of each row look like on 4 × 4 parts, then on 8 × 8, [rows, coarse + fine]; of the
  /// first rows until all are drawn.
  private var sketches: [Float] = []
  private let form: ImageSketch
  private var found: [NearDuplicate] = []
  private var drawn = 0
  private var compared = 0
  public private(set) var isCut = false

  private struct Row {
    var place: NearDuplicate.Place
    var label: Int
    /// Images of the same group are not compared: those of one track.
    var group: Int
    /// On the line along which rows are sorted.
    var position: Float = 0
  }

  /// - Parameters:
  ///   - splits: Where to look; pairs may have an image in each.
  ///   - least: The least correlation, 0 ..< 1 (or 1: equal but for brightness and contrast).
  public init(_ data: DataSet, splits: [DataSet.Split], least: Double) {
    self.data = data
    self.least = least
    form = ImageSketch(data.train.shape)
    var groups = 0
    for split in splits {
      let set = data[split]
      var group = Array(groups..<groups + set.count)
      for track in set.tracksByClass {
        for image in track.images { group[image] = groups + track.images[0] }
      }
      groups += set.count
      rows += set.labels.indices.map {
        Row(
          place: NearDuplicate.Place(split: split, image: $0), label: set.labels[$0],
          group: group[$0])
      }
    }
  }

  /// Every image is drawn, then compared.
  public var total: Int { 2 * rows.count }
  public var done: Int { drawn + compared }

  public mutating func advance(on device: Device) {
    guard drawn == rows.count else {
      draw(on: device.pool)
      if drawn == rows.count { sort() }
      return
    }
    compare(on: device.pool)
  }

  /// The next rows, in pieces for each thread to take.
  private func pieces(from start: Int) -> [Range<Int>] {
    let end = min(start + 16 * Self.rowsPerPiece, rows.count)
    return stride(from: start, to: end, by: Self.rowsPerPiece).map {
      $0..<min($0 + Self.rowsPerPiece, end)
    }
  }

  /// Draws the next sketches.
  private mutating func draw(on pool: ThreadPool) {
    let (data, form, places) = (data, form, rows.map(\.place))
    let pieces = pieces(from: drawn)
    sketches += pool.map(pieces.count) { piece in
      pieces[piece].flatMap { form.sketch(data[places[$0].split].image(at: places[$0].image)) }
    }.flatMap(\.self)
    drawn = pieces.last?.upperBound ?? rows.count
  }

  /// Sorts the rows along the line on which they differ most.
  private mutating func sort() {
    let width = form.count
    let line = form.widestLine(sketches)
    for row in rows.indices {
      rows[row].position = zip(line, sketches[row * width..<row * width + form.coarse]).reduce(0) {
        $0 + $1.0 * $1.1
      }
    }
    let order = rows.indices.sorted { (rows[$0].position, $0) < (rows[$1].position, $1) }
    let drawn = sketches
    sketches.removeAll(keepingCapacity: true)
    for row in order { sketches += drawn[row * width..<(row + 1) * width] }
    rows = order.map { rows[$0] }
  }

  /// Compares the next rows with those behind them.
  private mutating func compare(on pool: ThreadPool) {
    let (search, pieces) = (self, pieces(from: compared))
    found += pool.map(pieces.count) { piece in
      pieces[piece].flatMap(search.partners)
    }.flatMap(\.self)
    compared = pieces.last?.upperBound ?? rows.count
    if found.count > Self.limit {
      isCut = compared < rows.count
      compared = rows.count
    }
  }

  /// The pairs so far, the most serious first, then the most alike.
  public var result: [NearDuplicate] {
    found.sorted { a, b in
      (a.concern.rawValue, b.correlation, a.first.image, a.second.image)
        < (b.concern.rawValue, a.correlation, b.first.image, b.second.image)
    }
  }

  /// Of one row, among those behind it.
  private func partners(of row: Int) -> [NearDuplicate] {
    let bound = Float((2 * (1 - least)).squareRoot()) + Self.slack
    let own = rows[row]
    let width = form.count
    var partners: [NearDuplicate] = []
    sketches.withUnsafeBufferPointer { sketches in
      guard let base = sketches.baseAddress else { return }
      let mine = base + row * width
      for other in row + 1..<rows.count {
        guard rows[other].position - own.position <= bound else { break }
        guard rows[other].group != own.group,
          form.isNear(mine, base + other * width, bound: bound * bound)
        else { continue }
        let place = rows[other].place
        let correlation = correlation(
          data[own.place.split].image(at: own.place.image),
          data[place.split].image(at: place.image))
        guard correlation >= least else { continue }
        partners.append(pair(own, rows[other], correlation))
      }
    }
    return partners
  }

  /// The first in the training split, or in front.
  private func pair(_ a: Row, _ b: Row, _ correlation: Double) -> NearDuplicate {
    let isOrdered =
      a.place.split == b.place.split
      ? a.place.image < b.place.image : a.place.split == .train
    return NearDuplicate(
      first: isOrdered ? a.place : b.place, second: isOrdered ? b.place : a.place,
      correlation: correlation,
      concern: a.label != b.label ? .labels : a.place.split != b.place.split ? .splits : .tracks)
  }
}

/// Pearson's, from sums of whole numbers; of two images of one gray 1, of one and another image 0.
package func correlation(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Double {
  var (sumA, sumB, squaresA, squaresB, products) = (0, 0, 0, 0, 0)
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      var place = 0
      while place < a.count {
        // Sums over so many bytes fit into 32 bits.
        let end = min(place + 4096, a.count)
        var (x, y, xx, yy, xy) = (Int32(0), Int32(0), Int32(0), Int32(0), Int32(0))
        while place < end {
          let (p, q) = (Int32(a[place]), Int32(b[place]))
          x &+= p
          y &+= q
          xx &+= p &* p
          yy &+= q &* q
          xy &+= p &* q
          place += 1
        }
        sumA += Int(x)
        sumB += Int(y)
        squaresA += Int(xx)
        squaresB += Int(yy)
        products += Int(xy)
      }
    }
  }
  let count = a.count
  let covariance = count * products - sumA * sumB
  let (varianceA, varianceB) = (
    count * squaresA - sumA * sumA, count * squaresB - sumB * sumB
  )
  guard varianceA > 0, varianceB > 0 else { return varianceA == varianceB ? 1 : 0 }
  return Double(covariance) / (Double(varianceA).squareRoot() * Double(varianceB).squareRoot())
}
