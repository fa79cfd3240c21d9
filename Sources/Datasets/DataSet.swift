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
  /// SHA-256 over the shape, labels and pixels of both splits.
  public let digest: String
  public var transform: Transform

  public subscript(split: Split) -> ImageSet { split == .train ? train : test }
}
