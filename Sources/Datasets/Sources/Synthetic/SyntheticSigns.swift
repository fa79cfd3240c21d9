/// What defines a set of drawn road signs: the same values give the same bytes.
public struct SyntheticSigns: Codable, Hashable, Sendable {
  /// The first `classes` of GTSRB's 43; beyond those, numbers on plates of other colours.
  public var classes = 43
  /// Mean number of training images per class, rounded to whole tracks of 30 frames; below 30,
  /// tracks have that many frames.
  public var perClass = 150
  /// Mean number of test images per class, each from a track of its own; half of `perClass` if
  /// none is given.
  public var testPerClass: Int?
  /// The same number of images in every class, instead of GTSRB's imbalance.
  public var balanced = false
  public var seed = 0
  /// Height and width of the images in pixels.
  public var size = 32

  public init() {}
}

extension DataSource {
  public static func synthetic(_ signs: SyntheticSigns) -> DataSource {
    DataSource(SyntheticSource(signs: signs))
  }
}

struct SyntheticSource: SourceKind {
  static let key = "synthetic"

  var signs: SyntheticSigns

  private enum CodingKeys: String, CodingKey {
    case signs = "_0"
  }

  var place: String { "synthetic signs, seed \(signs.seed)" }

  /// Nothing lies anywhere.
  mutating func move(_ change: (String) -> String) {}

  mutating func resize(to size: Int) { signs.size = size }

  func load(cache: ImageCache?, threads: Int, progress: LoadListener) throws -> DataSet {
    let set = try signs.generate(threads: threads)
    try progress(LoadProgress(all: set))
    return set
  }
}
