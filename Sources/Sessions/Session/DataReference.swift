public import Datasets
internal import Digests

/// What a session file holds of a data set: where it came from and how to know it again.
public struct DataReference: Codable, Hashable, Sendable {
  public let source: DataSource
  public let digest: String
  public let classNames: [String]
  public let shape: ImageShape
  public let trainCount: Int
  public let testCount: Int
  public let transform: Transform
  /// SHA-256 over the images' tracks, if the file carries the images.
  let tracksDigest: String?

  public init(_ data: DataSet) { self.init(data, isEmbedded: false) }

  init(_ data: DataSet, isEmbedded: Bool) {
    source = data.source.absolute
    digest = data.digest
    classNames = data.classNames
    shape = data.train.shape
    trainCount = data.train.count
    testCount = data.test.count
    transform = data.transform
    tracksDigest = isEmbedded ? Self.tracksDigest(data) : nil
  }

  /// Files written earlier have names of GTSRB's classes in another spelling.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    source = try fields.decode(DataSource.self, forKey: .source)
    digest = try fields.decode(String.self, forKey: .digest)
    classNames = GTSRB.corrected(try fields.decode([String].self, forKey: .classNames))
    shape = try fields.decode(ImageShape.self, forKey: .shape)
    trainCount = try fields.decode(Int.self, forKey: .trainCount)
    testCount = try fields.decode(Int.self, forKey: .testCount)
    transform = try fields.decode(Transform.self, forKey: .transform)
    tracksDigest = try fields.decodeIfPresent(String.self, forKey: .tracksDigest)
  }

  /// `data` with the saved transform, or nil if its images, labels or class names are others.
  public func restored(_ data: DataSet) -> DataSet? {
    guard data.digest == digest, data.classNames == classNames else { return nil }
    var data = data
    data.transform = transform
    return data
  }
}

/// A data set of a restored session that is not there: its reference, and why.
public struct UnavailableData: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// What the loader said.
    case notLoaded(String)
    /// There is data at the source, and it is other data.
    case changed(digest: String)
  }

  public let reference: DataReference
  public let reason: Reason

  public init(_ reference: DataReference, _ reason: Reason) {
    self.reference = reference
    self.reason = reason
  }
}

extension DataReference {
  /// SHA-256 over the tracks of both splits, which a data set's own digest does not cover.
  static func tracksDigest(_ data: DataSet) -> String {
    var digest = Digest(.sha256)
    for set in [data.train, data.test] {
      digest.update([Int64(set.tracks.count)])
      digest.update(set.tracks.map { Int32(truncatingIfNeeded: $0) })
    }
    return digest.finish()
  }
}
