import Tensors

/// Features of frozen networks, computed when first asked for.
///
/// The last bits of a matrix product depend on how many rows it has. So an image's features are always
/// computed with the same others, whichever batch asks first: a run that goes on from a file, with an
/// empty cache, gets the bits of one that did not stop.
struct FeatureCache: Sendable {
  /// Bytes that features may take.
  static let limit = 512 << 20
  /// Images that are computed together.
  private static let piece = 64

  let width: Int
  /// Those that are computed in pieces; any other is computed by itself.
  private let images: [Int]
  private let places: [Int: Int]
  private var rows: [Int: Int] = [:]
  private var elements: [Float] = []

  /// - Parameter images: By position in the training split, none twice: most of those that will be
  ///   asked for.
  init(width: Int, images: [Int]) {
    self.width = width
    self.images = images
    places = Dictionary(uniqueKeysWithValues: images.enumerated().map { ($1, $0) })
  }

  /// - Parameters:
  ///   - wanted: By position in the training split.
  ///   - compute: The features of some images, [n, width].
  /// - Returns: [N, width]
  mutating func features(of wanted: [Int], _ compute: (_ images: [Int]) -> Tensor) -> Tensor {
    for image in wanted where rows[image] == nil {
      let together = neighbours(of: image)
      elements += compute(together).elements
      for neighbour in together { rows[neighbour] = rows.count }
    }
    return Tensor(
      [wanted.count, width],
      wanted.flatMap { image -> ArraySlice<Float> in
        let row = rows[image] ?? 0
        return elements[row * width..<(row + 1) * width]
      })
  }

  /// The images that an image is computed with, itself among them.
  private func neighbours(of image: Int) -> [Int] {
    guard let place = places[image] else { return [image] }
    let start = place / Self.piece * Self.piece
    return Array(images[start..<min(start + Self.piece, images.count)])
  }
}
