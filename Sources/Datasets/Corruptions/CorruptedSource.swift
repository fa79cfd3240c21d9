import Tensors

extension DataSource {
  /// Another source, its test images spoiled.
  public static func corrupted(_ source: DataSource, by corruption: Corruption) -> DataSource {
    DataSource(CorruptedSource(source: source, corruption: corruption))
  }

  /// How its test images are spoiled, the first first.
  public var corruptions: [Corruption] {
    guard let kind = kind as? CorruptedSource else { return [] }
    return kind.source.corruptions + [kind.corruption]
  }
}

/// Nothing but the recipe is kept: the images are made again from the source.
struct CorruptedSource: SourceKind {
  static let key = "corrupted"

  var source: DataSource
  var corruption: Corruption

  private enum CodingKeys: String, CodingKey {
    case source = "of"
    case corruption = "by"
  }

  var place: String { "\(source.place), \(corruption.description)" }

  var fault: String? { corruption.fault ?? source.fault }

  var sortedByText: DataSource? { source.sortedByText.map { .corrupted($0, by: corruption) } }

  mutating func move(_ change: (String) -> String) { source.kind.move(change) }

  mutating func resize(to size: Int) { source.kind.resize(to: size) }

  func load(cache: ImageCache?, threads: Int, progress: LoadListener) throws -> DataSet {
    try source.kind.load(cache: cache, threads: threads, progress: progress)
      .corrupted(by: corruption, on: ThreadPool(threadCount: threads))
  }
}
