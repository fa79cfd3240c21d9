internal import System

/// Where a data set came from: enough to load it again.
///
/// Each kind stands in a file of its own with the function that makes it, such as `.folder`.
public struct DataSource: Sendable {
  var kind: any SourceKind

  init(_ kind: some SourceKind) { self.kind = kind }

  /// Every kind there is.
  static let kinds: [any SourceKind.Type] = [
    GTSRBSource.self, FolderSource.self, FolderByTextSource.self, SyntheticSource.self,
    ArraySource.self, HeldOutSource.self,
  ]

  /// The same source with its files in another place.
  public func moved(to path: String) -> DataSource { changed { $0.move { _ in path } } }

  /// The same source with images of another size.
  public func resized(to size: Int) -> DataSource { changed { $0.resize(to: size) } }

  /// The same source by a path that holds in every working directory.
  package var absolute: DataSource { changed { $0.move(FilePath.absolute) } }

  private func changed(_ change: (inout any SourceKind) -> Void) -> DataSource {
    var other = self
    change(&other.kind)
    return other
  }

  /// A path, or what the images are drawn from.
  package var place: String { kind.place }

  /// What a loader takes for granted and is not so, in a source that comes out of a file.
  package var fault: String? { kind.fault }

  /// The same folder with its classes in the order of text; nil for what is no folder.
  package var sortedByText: DataSource? { kind.sortedByText }
}

extension DataSource: Hashable {
  public static func == (a: DataSource, b: DataSource) -> Bool { a.kind.isEqual(to: b.kind) }

  public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

extension SourceKind {
  fileprivate func isEqual(to other: any SourceKind) -> Bool { other as? Self == self }
}

/// In files a source is a dictionary with one key, its kind's.
extension DataSource: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let found = Self.kinds.filter { fields.contains(Key(stringValue: $0.key)) }
    guard found.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "not one key of a source's kind"))
    }
    kind = try fields.decode(found[0], forKey: Key(stringValue: found[0].key))
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(kind, forKey: Key(stringValue: type(of: kind).key))
  }
}
