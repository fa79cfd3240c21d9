import Foundation
internal import Randomness

extension CorruptionKind {
  /// Smears the image along a line, as a moving camera does: ImageMagick's motion blur, one half of a
  /// Gaussian, at an angle between −45° and 45°.
  static let motionBlur = CorruptionKind(
    name: "motion_blur", summary: "smeared along a line", measure: "severity", range: 1.0...5.0,
    severities: [1, 2, 3, 4, 5],
    words: { "motion blur, severity \(plain($0))" }
  ) { image, shape, strength, random in
    let (radius, deviation) = MotionBlur.lines[Int(strength) - 1]
    let angle = Double(random.uniform(in: -45..<45))
    return MotionBlur.blurred(image, shape, radius: radius, deviation: deviation, degrees: angle)
  }
}

/// A smear along a line.
package enum MotionBlur {
  /// Of each severity, in pixels.
  package static let lines: [(radius: Double, deviation: Double)] = [
    (6, 1), (6, 1.5), (6, 2), (8, 2), (9, 2.5),
  ]

  /// Each pixel is a weighted mean of those that lie from it on along the line; beyond the edges the
  /// nearest pixel is repeated. Source: ImageMagick, `MotionBlurImage` in MagickCore/effect.c.
  package static func blurred(
    _ image: [UInt8], _ shape: ImageShape, radius: Double, deviation: Double, degrees: Double
  ) -> [UInt8] {
    let count = 2 * Int(radius.rounded(.up)) + 1
    let raw = (0..<count).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    let sum = raw.reduce(0, +)
    let angle = degrees * .pi / 180
    let steps = (0..<count).map { step in
      (
        right: Int((Double(step) * cos(angle) - 0.5).rounded(.up)),
        down: Int((Double(step) * sin(angle) - 0.5).rounded(.up)), weight: raw[step] / sum
      )
    }
    let (height, width, channels) = (shape.height, shape.width, shape.channels)
    return image.indices.map { index in
      let (pixel, channel) = index.quotientAndRemainder(dividingBy: channels)
      let (row, column) = pixel.quotientAndRemainder(dividingBy: width)
      var total = 0.0
      for step in steps {
        let y = min(max(row + step.down, 0), height - 1)
        let x = min(max(column + step.right, 0), width - 1)
        total += step.weight * Double(image[(y * width + x) * channels + channel])
      }
      return byte(nearest: total)
    }
  }
}
