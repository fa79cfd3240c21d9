/// A square picture with transparency on which shapes are filled, edges smooth.
struct Canvas {
  let side: Int
  /// [side, side], red, green, blue and opacity, colours multiplied by the opacity.
  private(set) var pixels: [SIMD4<Float>]

  init(side: Int) {
    self.side = side
    pixels = Array(repeating: .zero, count: side * side)
  }

  /// Paints the area of `shape`, whose coordinates −100 … 100 span the canvas.
  mutating func fill(_ shape: Shape, _ paint: Paint) {
    let lines = crossings(of: shape)
    let colour = SIMD4(paint.colour, 1)
    var coverage = [Float](repeating: 0, count: side + 1)
    for row in 0..<side {
      var painted = false
      for line in lines[row * Self.density..<(row + 1) * Self.density] where !line.isEmpty {
        Self.accumulate(line, into: &coverage, side: side)
        painted = true
      }
      guard painted else { continue }
      for column in 0..<side where coverage[column] > 0 {
        let share = min(1, coverage[column] / Float(Self.density))
        let index = row * side + column
        pixels[index] = colour * share + pixels[index] * (1 - share)
        coverage[column] = 0
      }
    }
  }

  /// Sample lines per row of pixels; along a line the coverage is exact.
  private static let density = 8

  private struct Crossing {
    var x: Float
    var winding: Int
  }

  /// Where the outlines cross each sample line, from left to right.
  private func crossings(of shape: Shape) -> [[Crossing]] {
    let count = side * Self.density
    var lines = [[Crossing]](repeating: [], count: count)
    let scale = Float(side) / 200
    for contour in shape.contours {
      let outline = contour.map { ($0 + 100) * scale }
      for (a, b) in zip(outline, outline.dropFirst() + outline.prefix(1)) where a.y != b.y {
        let (top, bottom) = a.y < b.y ? (a, b) : (b, a)
        let first = max(0, Int((top.y * Float(Self.density) - 0.5).rounded(.up)))
        let end = min(count, Int((bottom.y * Float(Self.density) - 0.5).rounded(.up)))
        let slope = (bottom.x - top.x) / (bottom.y - top.y)
        for line in first..<max(first, end) {
          let y = (Float(line) + 0.5) / Float(Self.density)
          let x = top.x + (y - top.y) * slope
          lines[line].append(Crossing(x: x, winding: a.y < b.y ? 1 : -1))
        }
      }
    }
    for line in lines.indices { lines[line].sort { $0.x < $1.x } }
    return lines
  }

  /// Adds to each pixel the share of it that lies inside along one sample line.
  private static func accumulate(_ line: [Crossing], into coverage: inout [Float], side: Int) {
    var winding = 0
    var start: Float = 0
    for crossing in line {
      if winding == 0 { start = crossing.x }
      winding += crossing.winding
      guard winding == 0 else { continue }
      let (left, right) = (max(0, start), min(Float(side), crossing.x))
      guard left < right else { continue }
      let (first, last) = (Int(left), Int(right))
      if first == last {
        coverage[first] += right - left
      } else {
        coverage[first] += Float(first + 1) - left
        for column in first + 1..<max(first + 1, last) { coverage[column] += 1 }
        coverage[last] += right - Float(last)
      }
    }
  }
}
