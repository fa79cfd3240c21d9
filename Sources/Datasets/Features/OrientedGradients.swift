import System
public import Tensors

/// Histograms of oriented gradients (Dalal and Triggs 2005): what shapes an image has, whatever
/// their brightness.
///
/// At every pixel the channel with the largest central difference gives the gradient. Its length is
/// shared out among the two nearest orientations and the four nearest cells, linearly. Each block of
/// 2×2 cells, a cell from the next, is scaled to length 1, cut off at 0.2 and scaled again.
public struct OrientedGradients: Codable, Hashable, Sendable {
  /// Pixels of a cell's side.
  public var cell: Int
  /// Orientations of a cell, over the full circle if `isSigned`, else over half of it.
  public var orientations: Int
  public var isSigned: Bool

  public init(cell: Int = 4, orientations: Int = 12, isSigned: Bool = true) {
    precondition(cell > 0 && orientations > 0)
    self.cell = cell
    self.orientations = orientations
    self.isSigned = isSigned
  }

  /// Cells of a block's side.
  static let block = 2
  /// What normalized values are cut off at.
  static let clip: Float = 0.2
  /// Added to a block's squared length, so that an even surface gives zeros.
  static let floor: Float = 1e-4

  /// Values that an image of this shape gives; 0 if it is too small for a block.
  public func count(of shape: ImageShape) -> Int {
    let (rows, columns) = (shape.height / cell - 1, shape.width / cell - 1)
    return max(0, rows) * max(0, columns) * Self.block * Self.block * orientations
  }

  /// The histograms of every image: block by block in reading order, in each its four cells.
  ///
  /// - Parameter images: [N, height, width, channels] → [N, `count(of:)`]
  public func features(_ images: Tensor, on pool: ThreadPool) -> Tensor {
    precondition(images.shape.count == 4, "images \(images.shape)")
    let shape = ImageShape(
      height: images.shape[1], width: images.shape[2], channels: images.shape[3])
    let (images, count, length) = (images, images.shape[0], count(of: shape))
    guard count > 0, length > 0 else { return Tensor(zeros: [count, length]) }
    let features = [Float](unsafeUninitializedCapacity: count * length) { buffer, filled in
      filled = count * length
      images.elements.withUnsafeBufferPointer { pixels in
        guard let first = pixels.baseAddress, let target = buffer.baseAddress else { return }
        nonisolated(unsafe) let (x, y) = (first, target)  // pieces write disjoint images
        let pieces = (count + Self.piece - 1) / Self.piece
        pool.forEach(pieces) { piece in
          var histograms = CellHistograms(self, shape)
          for image in piece * Self.piece..<min((piece + 1) * Self.piece, count) {
            histograms.fill(x + image * shape.count)
            histograms.blocks(into: y + image * length)
          }
        }
      }
    }
    return Tensor([count, length], features)
  }

  /// Images that a thread takes at a time.
  private static let piece = 16
}

/// The histograms of the cells of one image, [rows, columns, orientations].
private struct CellHistograms {
  private let form: OrientedGradients
  private let shape: ImageShape
  private let rows: Int
  private let columns: Int
  private var sums: [Float]
  /// For each pixel column and row, the two cells that share its votes.
  private let across: [Neighbours]
  private let down: [Neighbours]
  private let perRadian: Float

  init(_ form: OrientedGradients, _ shape: ImageShape) {
    self.form = form
    self.shape = shape
    rows = shape.height / form.cell
    columns = shape.width / form.cell
    sums = [Float](repeating: 0, count: rows * columns * form.orientations)
    let (rows, columns) = (rows, columns)
    across = (0..<shape.width).map { Neighbours($0, cell: form.cell, count: columns) }
    down = (0..<shape.height).map { Neighbours($0, cell: form.cell, count: rows) }
    perRadian = Float(form.orientations) / ((form.isSigned ? 2 : 1) * .pi)
  }

  /// The cells whose centres lie before and behind a pixel, and their shares; a cell beyond the
  /// edge has none.
  private struct Neighbours {
    var (first, second) = (0, 0)
    var (firstShare, secondShare) = (Float(0), Float(0))

    init(_ pixel: Int, cell: Int, count: Int) {
      let place = (Float(pixel) + 0.5) / Float(cell) - 0.5
      let lower = Int(place.rounded(.down))
      if (0..<count).contains(lower) { (first, firstShare) = (lower, Float(lower + 1) - place) }
      if (0..<count).contains(lower + 1) {
        (second, secondShare) = (lower + 1, place - Float(lower))
      }
    }
  }

  /// - Parameter image: [height, width, channels]
  mutating func fill(_ image: UnsafePointer<Float>) {
    for index in sums.indices { sums[index] = 0 }
    let (channels, row) = (shape.channels, shape.width * shape.channels)
    for y in 0..<shape.height {
      let (above, below) = (max(y - 1, 0) * row, min(y + 1, shape.height - 1) * row)
      for x in 0..<shape.width {
        let (left, right) = (max(x - 1, 0) * channels, min(x + 1, shape.width - 1) * channels)
        var (dx, dy, square) = (Float(0), Float(0), Float(-1))
        for channel in 0..<channels {
          let h = image[y * row + right + channel] - image[y * row + left + channel]
          let v = image[below + x * channels + channel] - image[above + x * channels + channel]
          if h * h + v * v > square { (dx, dy, square) = (h, v, h * h + v * v) }
        }
        guard square > 0 else { continue }
        vote(square.squareRoot(), angle: atan2(dy, dx), x: x, y: y)
      }
    }
  }

  private mutating func vote(_ length: Float, angle: Float, x: Int, y: Int) {
    let count = form.orientations
    let place = angle * perRadian - 0.5
    let lower = place.rounded(.down)
    let share = place - lower
    // Angles are −π … π: over half a circle, opposite ones fall together.
    let first = ((Int(lower) % count) + count) % count
    let second = first + 1 == count ? 0 : first + 1
    let (across, down) = (across[x], down[y])
    let (upper, under) = (length * down.firstShare, length * down.secondShare)
    add(upper * across.firstShare, row: down.first, column: across.first)
    add(upper * across.secondShare, row: down.first, column: across.second)
    add(under * across.firstShare, row: down.second, column: across.first)
    add(under * across.secondShare, row: down.second, column: across.second)

    func add(_ vote: Float, row: Int, column: Int) {
      let cell = (row * columns + column) * count
      sums[cell + first] += vote * (1 - share)
      sums[cell + second] += vote * share
    }
  }

  /// Writes the normalized blocks.
  func blocks(into target: UnsafeMutablePointer<Float>) {
    let run = OrientedGradients.block * form.orientations
    var place = target
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        var square = OrientedGradients.floor
        for y in 0..<OrientedGradients.block {
          let source = ((row + y) * columns + column) * form.orientations
          for index in 0..<run {
            place[y * run + index] = sums[source + index]
            square += sums[source + index] * sums[source + index]
          }
        }
        let scale = 1 / square.squareRoot()
        var again = OrientedGradients.floor
        for index in 0..<OrientedGradients.block * run {
          let value = min(place[index] * scale, OrientedGradients.clip)
          place[index] = value
          again += value * value
        }
        let last = 1 / again.squareRoot()
        for index in 0..<OrientedGradients.block * run { place[index] *= last }
        place += OrientedGradients.block * run
      }
    }
  }
}
