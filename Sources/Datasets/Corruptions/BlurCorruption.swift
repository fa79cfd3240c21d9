import Foundation
internal import Randomness

extension CorruptionKind {
  /// Blurs the image by a Gaussian.
  static let blur = CorruptionKind(
    name: "blur", summary: "blurred by a Gaussian of so many pixels", option: "blur",
    measure: "blur (standard deviation in pixels)", range: 0.0...64.0,
    words: { "blurred by \(plain($0)) pixels" }
  ) { image, shape, strength, _ in
    gaussianBlurred(image.map(Double.init), shape, deviation: strength).map(byte(nearest:))
  }
}

/// Values [height, width, channels] blurred by a Gaussian that is cut off at four deviations, along
/// the columns, then along the rows; beyond the edges the nearest value is repeated.
func gaussianBlurred(_ values: [Double], _ shape: ImageShape, deviation: Double) -> [Double] {
  let radius = Int(4 * deviation + 0.5)
  guard radius > 0 else { return values }
  let raw = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (deviation * deviation)) }
  let sum = raw.reduce(0, +)
  let weights = raw.map { $0 / sum }
  let rowLength = shape.width * shape.channels
  /// - Parameters:
  ///   - length: Of the axis.
  ///   - stride: From one value along the axis to the next.
  func filtered(_ values: [Double], length: Int, stride: Int) -> [Double] {
    values.indices.map { index in
      let place = index / stride % length
      let start = index - place * stride
      var total = 0.0
      for (tap, weight) in weights.enumerated() {
        total += weight * values[start + min(max(place + tap - radius, 0), length - 1) * stride]
      }
      return total
    }
  }
  let down = filtered(values, length: shape.height, stride: rowLength)
  return filtered(down, length: shape.width, stride: shape.channels)
}
