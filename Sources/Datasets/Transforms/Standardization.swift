/// Mean 0 and deviation 1 over each image; `normalize=image` asks for it.
struct StandardizationStep: TransformStep {
  var needsFloats: Bool { true }
  var logKey: String { "standardized" }

  func isOn(in transform: Transform) -> Bool { transform.standardize }

  func word(in transform: Transform) -> String? { isOn(in: transform) ? "standardized" : nil }

  /// Mean 0 and deviation 1, but a uniform image's noise is not blown up (as TensorFlow's
  /// `per_image_standardization` has it).
  static func apply(_ image: UnsafeMutablePointer<Float>, count: Int) {
    var (sum, squares) = (0.0, 0.0)
    for index in 0..<count { sum += Double(image[index]) }
    let mean = sum / Double(count)
    for index in 0..<count {
      let apart = Double(image[index]) - mean
      squares += apart * apart
    }
    let deviation = max((squares / Double(count)).squareRoot(), 1 / Double(count).squareRoot())
    let (center, factor) = (Float(mean), Float(1 / deviation))
    for index in 0..<count { image[index] = (image[index] - center) * factor }
  }
}
