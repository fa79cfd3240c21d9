internal import System

/// Where a data set came from: enough to load it again.
///
/// Each kind stands in a file of its own with the function that makes it, such as `.folder`.
public struct DataSource: Sendable {
  var kind: any SourceKind

  init(_ kind: some SourceKind) { self.kind = kind }

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
