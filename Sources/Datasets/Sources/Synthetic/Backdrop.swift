internal import Randomness

/// What stands behind a sign: sky, leaves, walls, and things with straight edges.
struct Backdrop {
  /// How many images fit side by side into a backdrop.
  static let breadth = 3

  let side: Int
  /// [side, side], red, green and blue of a scene in neutral light.
  private(set) var pixels: [SIMD4<Float>]

  private let columns: Range<Int>
  private let rows: Range<Int>

  /// - Parameter frames: What they do not see is not painted.
  init(side: Int, seenBy frames: [SignFrame], grain: Grain, _ random: inout RandomStream) {
    self.side = side
    let views = frames.map { $0.view(of: side) }
    columns = views.map(\.columns).cover
    rows = views.map(\.rows).cover
    pixels = Array(repeating: .zero, count: side * side)
    var left = 0
    while left < side {
      let right = left + 1 + Int(random.uniform(in: 0.1..<0.4) * Float(side))
      paintTexture((left..<right).clamped(to: columns), grain, &random)
      left = right
    }
    if random.uniform() < 0.3 { paintSky(grain, &random) }
    for _ in 0..<1 + random.index(below: 5) { paintBlock(&random) }
  }

  /// A house, a hedge, a wood: two colours mixed by three octaves of value noise; few coarse cells for walls, many fine
  /// ones for leaves.
  private mutating func paintTexture(
    _ columns: Range<Int>, _ grain: Grain, _ random: inout RandomStream
  ) {
    let dark = Self.colour(brightness: random.uniform(in: 0.02..<0.15), &random)
    let light = Self.colour(brightness: random.uniform(in: 0.1..<0.55), &random)
    let offset = random.index(below: Grain.count)
    let stretch = random.uniform() < 0.3 ? random.uniform(in: 0.1..<0.4) : 1
    let fineness = random.uniform()
    let weights = SIMD3<Float>(0.8 - 0.5 * fineness, 0.45, 0.1 + 0.7 * fineness)
    let contrast = random.uniform(in: 0.25..<0.7)
    let middle = random.uniform(in: 0.2..<0.6)
    let octaves = [Float(6), 20, 56].enumerated().map {
      Octave(cells: $1, stretch: stretch, offset: offset + 4096 * $0, side: side)
    }
    for row in rows {
      let lattices = octaves.map { $0.lattice(row: row, grain: grain) }
      for column in columns {
        let noise = SIMD3(
          octaves[0].value(column, lattices[0]), octaves[1].value(column, lattices[1]),
          octaves[2].value(column, lattices[2]))
        let share = max(0, min(1, middle + contrast * (noise * weights).sum()))
        pixels[row * side + column] = dark + (light - dark) * share
      }
    }
  }

  /// Bright above a ragged line.
  private mutating func paintSky(_ grain: Grain, _ random: inout RandomStream) {
    let blue = random.uniform()
    let sky = SIMD4<Float>(1 - 0.35 * blue, 1 - 0.15 * blue, 1, 0) * random.uniform(in: 0.6..<1.1)
    let height = random.uniform(in: 0.05..<1.1) * Float(side)
    let slope = random.uniform(in: -0.4..<0.4)
    let ragged = random.uniform(in: 0.5..<4) * Float(side) / 64
    let offset = random.index(below: Grain.count)
    for column in columns {
      let line = height + slope * Float(column) + ragged * grain[offset + column]
      for row in (0..<max(0, Int(line))).clamped(to: rows) { pixels[row * side + column] = sky }
    }
  }

  /// A window, a car, a post: an upright rectangle of one colour.
  private mutating func paintBlock(_ random: inout RandomStream) {
    let colour = Self.colour(brightness: random.uniform(in: 0.02..<0.6), &random)
    let width = random.uniform() < 0.5 ? random.uniform(in: 0.02..<0.1) : random.uniform() * 0.3
    let height = random.uniform(in: 0.1..<0.9)
    let left = Int((random.uniform(in: -0.2..<1)) * Float(side))
    let top = Int((random.uniform(in: -0.2..<1)) * Float(side))
    let right = left + 1 + Int(width * Float(side))
    let bottom = top + 1 + Int(height * Float(side))
    for row in (top..<bottom).clamped(to: rows) {
      for column in (left..<right).clamped(to: columns) {
        pixels[row * side + column] = colour
      }
    }
  }

  private static func colour(brightness: Float, _ random: inout RandomStream) -> SIMD4<Float> {
    let tint = SIMD4<Float>(
      random.uniform(in: 0.75..<1.2), random.uniform(in: 0.8..<1.15),
      random.uniform(in: 0.65..<1.15), 0)
    return tint * brightness
  }
}

/// Value noise of one cell size: random numbers on a lattice, straight lines between them.
private struct Octave {
  private let offset: Int
  /// For each column, the lattice point to its left and the share of the one to its right.
  private let columns: [(left: Int, share: Float)]
  private let rowStep: Float

  init(cells: Float, stretch: Float, offset: Int, side: Int) {
    self.offset = offset
    let step = cells / Float(side)
    rowStep = step * stretch
    columns = (0..<side).map {
      let x = Float($0) * step
      return (Int(x), x - Float(Int(x)))
    }
  }

  /// The lattice's values along one row of pixels.
  func lattice(row: Int, grain: Grain) -> [Float] {
    let y = Float(row) * rowStep
    let share = y - Float(Int(y))
    let above = offset + Int(y) * 64
    return (0...(columns.last?.left ?? 0) + 1).map {
      grain[above + $0] * (1 - share) + grain[above + 64 + $0] * share
    }
  }

  func value(_ column: Int, _ lattice: [Float]) -> Float {
    let (left, share) = columns[column]
    return lattice[left] + (lattice[left + 1] - lattice[left]) * share
  }
}

/// A long row of normal random numbers, drawn once: every image reads its noise from a place of
/// its own, which costs a hundredth of drawing it.
struct Grain: Sendable {
  static let count = 1 << 16

  let values: [Float]

  init(_ stream: RandomStream) {
    var stream = stream
    values = (0..<Self.count).map { _ in max(-3, min(3, stream.normal())) }
  }

  subscript(index: Int) -> Float { values[index & (Self.count - 1)] }
}

extension [Range<Int>] {
  /// From the least lower to the greatest upper bound.
  fileprivate var cover: Range<Int> {
    let first = map(\.lowerBound).min() ?? 0
    return first..<Swift.max(first, map(\.upperBound).max() ?? 0)
  }
}
