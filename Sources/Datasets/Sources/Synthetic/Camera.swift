import System

/// Takes pictures of signs: projects, lights, blurs, adds noise.
///
/// One per thread; it keeps its working memory from image to image.
struct Camera {
  private let size: Int
  private let grain: Grain
  /// [size, size], red, green, blue; the fourth number is not used.
  private var image: [SIMD4<Float>]
  private var passed: [SIMD4<Float>]

  init(size: Int, grain: Grain) {
    self.size = size
    self.grain = grain
    image = Array(repeating: .zero, count: size * size)
    passed = image
  }

  /// Writes size × size × 3 bytes.
  mutating func take(
    _ frame: SignFrame, of template: SignTemplate, amid surroundings: Surroundings,
    before backdrop: Backdrop, into bytes: UnsafeMutableBufferPointer<UInt8>
  ) {
    project(
      frame, template.level(density: frame.density), surroundings, backdrop)
    blur(frame.blur)
    develop(frame, into: bytes)
  }

  private mutating func project(
    _ frame: SignFrame, _ level: SignTemplate.Level, _ surroundings: Surroundings,
    _ backdrop: Backdrop
  ) {
    let step = 2 / Float(size)
    // From image positions to pixels of the backdrop.
    let middle = (frame.backdropCentre + 1) * Float(backdrop.side) / 2 - 0.5
    let scale = frame.backdropExtent * Float(backdrop.side) / 2
    for row in 0..<size {
      let y = (Float(row) + 0.5) * step - 1
      for column in 0..<size {
        let position = SIMD2((Float(column) + 0.5) * step - 1, y)
        let offset = position - frame.centre
        let depth = 1 / max(0.2, 1 + (frame.perspective * offset).sum())
        let u = (frame.across * offset).sum() * depth
        let v = (frame.down * offset).sum() * depth
        var colour = backdrop.colour(at: middle + position * scale) * frame.backlight
        if v > 0.5, abs(u) < surroundings.post { colour = surroundings.postColour * frame.light }
        if v > 1.08, v < 1.5, abs(u) < surroundings.plate {
          colour = surroundings.plateColour * frame.light
        }
        if max(abs(u), abs(v)) < 1 {
          let paint = level.sample(u, v)
          let grey = (paint * [0.3, 0.59, 0.11, 0]).sum()
          let edge = (SIMD3(u, v, 1) * surroundings.shadowEdge).sum()
          let shade = 1 + (surroundings.shadow - 1) * max(0, min(1, 8 * edge))
          let lit = SIMD4(repeating: grey) + (paint - grey) * frame.saturation
          colour = colour * (1 - paint.w) + lit * frame.light * shade
        }
        for leaf in surroundings.leaves {
          let distance = SIMD2(u - leaf.x, v - leaf.y)
          if (distance * distance).sum() < leaf.z * leaf.z {
            colour = surroundings.leafColour * frame.light
          }
        }
        image[row * size + column] = colour
      }
    }
  }

  /// Gaussian blur, first across, then down.
  private mutating func blur(_ deviation: SIMD2<Float>) {
    let rows = Self.kernel(deviation.x)
    let reach = rows.count - 1
    for row in 0..<size {
      let start = row * size
      for column in 0..<size {
        var sum = image[start + column] * rows[0]
        for distance in 1..<max(1, reach + 1) {
          let left = image[start + max(0, column - distance)]
          let right = image[start + min(size - 1, column + distance)]
          sum += (left + right) * rows[distance]
        }
        passed[start + column] = sum
      }
    }
    let columns = Self.kernel(deviation.y)
    for row in 0..<size {
      for column in 0..<size {
        image[row * size + column] = passed[row * size + column] * columns[0]
      }
      for distance in 1..<max(1, columns.count) {
        let above = max(0, row - distance) * size
        let below = min(size - 1, row + distance) * size
        for column in 0..<size {
          image[row * size + column] +=
            (passed[above + column] + passed[below + column]) * columns[distance]
        }
      }
    }
  }

  /// The weights of the centre and of each distance from it; together, both sides, 1.
  private static func kernel(_ deviation: Float) -> [Float] {
    let reach = max(1, Int((2.2 * deviation).rounded(.up)))
    let weights = (0...reach).map { exp(-Float($0 * $0) / (2 * deviation * deviation)) }
    let sum = 2 * weights.reduce(0, +) - weights[0]
    return weights.map { $0 / sum }
  }

  /// Haze, sensor noise (stronger in the light), and bytes.
  private func develop(_ frame: SignFrame, into bytes: UnsafeMutableBufferPointer<UInt8>) {
    let veil = 0.6 * frame.haze * (0.3 + frame.light[1])
    for index in 0..<size * size {
      let clear = image[index] * (1 - frame.haze) + veil
      let place = frame.grainOffset + 3 * index
      let noise = SIMD4(grain[place], grain[place + 1], grain[place + 2], 0)
      let exposed = clear + noise * (frame.noise * (clear * 0.7 + 0.3))
      let levels = (exposed * 255).clamped(lowerBound: .zero, upperBound: .init(repeating: 255))
      bytes[3 * index] = UInt8(levels.x + 0.5)
      bytes[3 * index + 1] = UInt8(levels.y + 0.5)
      bytes[3 * index + 2] = UInt8(levels.z + 0.5)
    }
  }
}

extension Backdrop {
  /// The colour at a place in pixels, or at the nearest of the edge.
  fileprivate func colour(at place: SIMD2<Float>) -> SIMD4<Float> {
    let last = SIMD2(repeating: Float(side - 1) - 0.01)
    let place = place.clamped(lowerBound: .zero, upperBound: last)
    let (column, row) = (Int(place.x), Int(place.y))
    let (x, y) = (place.x - Float(column), place.y - Float(row))
    let index = row * side + column
    let above = pixels[index] + (pixels[index + 1] - pixels[index]) * x
    let next = index + side
    let below = pixels[next] + (pixels[next + 1] - pixels[next]) * x
    return above + (below - above) * y
  }
}

extension SignTemplate.Level {
  /// The colour at u, v in −1 … 1, between four pixels.
  fileprivate func sample(_ u: Float, _ v: Float) -> SIMD4<Float> {
    let last = Float(side - 1) - 0.01
    let x = max(0, min(last, (u + 1) * Float(side) / 2 - 0.5))
    let y = max(0, min(last, (v + 1) * Float(side) / 2 - 0.5))
    let (column, row) = (Int(x), Int(y))
    let (right, down) = (x - Float(column), y - Float(row))
    let index = row * side + column
    let a = SIMD4<Float>(pixels[index])
    let b = SIMD4<Float>(pixels[index + 1])
    let c = SIMD4<Float>(pixels[index + side])
    let d = SIMD4<Float>(pixels[index + side + 1])
    let above = a + (b - a) * right
    let below = c + (d - c) * right
    return (above + (below - above) * down) * (1 / 255)
  }
}
