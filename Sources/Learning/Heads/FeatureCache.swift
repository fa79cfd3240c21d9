import Tensors

/// Features of frozen networks, computed when first asked for.
struct FeatureCache: Sendable {
  /// Bytes that features may take.
  static let limit = 512 << 20

  let width: Int
  private var rows: [Int: Int] = [:]
  private var elements: [Float] = []

  init(width: Int) { self.width = width }

  /// - Parameters:
  ///   - images: By position in the training split.
  ///   - batch: The same, transformed.
  /// - Returns: [N, width]
  mutating func features(
    of images: [Int], _ batch: Tensor, _ compute: (_ images: Tensor) -> Tensor
  ) -> Tensor {
    let missing = images.indices.filter { rows[images[$0]] == nil }
    if !missing.isEmpty {
      let size = batch.count / images.count
      let part = compute(
        Tensor(
          [missing.count] + batch.shape.dropFirst(),
          missing.flatMap { batch.elements[$0 * size..<($0 + 1) * size] }))
      for (row, image) in missing.enumerated() where rows[images[image]] == nil {
        rows[images[image]] = elements.count / width
        elements += part.elements[row * width..<(row + 1) * width]
      }
    }
    return Tensor(
      [images.count, width],
      images.flatMap { image -> ArraySlice<Float> in
        let row = rows[image] ?? 0
        return elements[row * width..<(row + 1) * width]
      })
  }
}

extension Tensor {
  /// Matrices of as many rows, joined row by row.
  static func sideBySide(_ parts: [Tensor]) -> Tensor {
    guard let first = parts.first, parts.count > 1 else {
      return parts.first ?? Tensor(zeros: [0, 0])
    }
    let rows = first.shape[0]
    return Tensor(
      [rows, parts.reduce(0) { $0 + $1.shape[1] }],
      (0..<rows).flatMap { row in
        parts.flatMap { $0.elements[row * $0.shape[1]..<(row + 1) * $0.shape[1]] }
      })
  }
}
