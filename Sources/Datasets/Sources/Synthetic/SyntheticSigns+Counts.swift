/// Why a set of drawn signs cannot be made.
public enum SyntheticSignsError: Error, Hashable, Sendable {
  case outOfRange(field: String, value: Int, range: ClosedRange<Int>)
  /// Height and width, whether they were asked for or come from resizing.
  case sizeOutOfRange(size: Int, range: ClosedRange<Int>)
  /// More images, training and test together, than `limit`.
  case tooManyImages(count: Int, limit: Int)
  /// More bytes of pixels than `limit`.
  case tooLarge(bytes: Int, limit: Int)
}

extension SyntheticSigns {
  public static let imageLimit = 1_000_000
  public static let byteLimit = 8 << 30
  /// Heights and widths that signs are drawn in.
  public static let sizes = 16...128

  /// Checks every value before memory is taken.
  public func validate() throws(SyntheticSignsError) {
    let fields: [(String, Int, ClosedRange<Int>)] = [
      ("classes", classes, 1...SignCatalog.limit),
      ("perClass", perClass, 1...Self.imageLimit),
      ("testPerClass", testMean, 1...Self.imageLimit),
    ]
    for (field, value, range) in fields where !range.contains(value) {
      throw .outOfRange(field: field, value: value, range: range)
    }
    guard Self.sizes.contains(size) else {
      throw .sizeOutOfRange(size: size, range: Self.sizes)
    }
    let count = classes * (perClass + testMean)
    guard count <= Self.imageLimit else {
      throw .tooManyImages(count: count, limit: Self.imageLimit)
    }
    let bytes = count * size * size * 3
    guard bytes <= Self.byteLimit else { throw .tooLarge(bytes: bytes, limit: Self.byteLimit) }
  }

  private var testMean: Int { testPerClass ?? max(1, perClass / 2) }

  /// Frames of one track.
  package var trackLength: Int { min(30, perClass) }

  /// Training tracks of each class; two at least, where there is room, so that no class is known
  /// from one sign and one place alone.
  package var trainTracks: [Int] {
    let images = perClass * classes
    let tracks = (images + trackLength / 2) / trackLength
    let least = perClass < 60 ? 1 : 2
    return SignCounts.share(
      max(least * classes, tracks), weights: weights(SignCounts.train), least: least)
  }

  /// Test images of each class.
  package var testCounts: [Int] {
    SignCounts.share(testMean * classes, weights: weights(SignCounts.test))
  }

  /// Derived classes take the weights of GTSRB's in turn.
  private func weights(_ table: [Int]) -> [Int] {
    (0..<classes).map { balanced ? 1 : table[$0 % table.count] }
  }
}
