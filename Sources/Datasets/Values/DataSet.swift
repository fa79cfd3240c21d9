internal import Digests

/// Images with classes, in a training and a test split, and the transform they go through.
public struct DataSet: Sendable {
  public enum Split: String, CaseIterable, Codable, Hashable, Sendable {
    case train
    case test
  }

  public let source: DataSource
  public let classNames: [String]
  public let train: ImageSet
  public let test: ImageSet
  /// SHA-256 over the shape, labels and pixels of both splits, in lower-case hexadecimal.
  public let digest: String
  public var transform: Transform
  /// What the loader left out or guessed.
  let loadNotes: [LoadNote]

  /// Computes the digest unless a cache that was verified supplies it.
  public init(
    source: DataSource, classNames: [String], train: ImageSet, test: ImageSet,
    digest: String? = nil, transform: Transform = Transform(), loadNotes: [LoadNote] = []
  ) {
    self.source = source
    self.classNames = classNames
    self.train = train
    self.test = test
    self.digest = digest ?? Self.digest(train, test)
    self.transform = transform
    self.loadNotes = loadNotes
  }

  public subscript(split: Split) -> ImageSet { split == .train ? train : test }

  private static func digest(_ train: ImageSet, _ test: ImageSet) -> String {
    var digest = Digest(.sha256)
    for set in [train, test] {
      let numbers = [set.shape.height, set.shape.width, set.shape.channels, set.count]
      digest.update(numbers.map(Int64.init))
      digest.update(set.labels.map { Int32(truncatingIfNeeded: $0) })
      digest.update(set.pixels)
    }
    return digest.finish()
  }
}
