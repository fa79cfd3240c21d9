/// A kind whose images are those of another source, some of them or all.
protocol DerivedKind: SourceKind {
  var source: DataSource { get set }

  /// - Throws: If `base` is not what it was when this was made of it.
  func derived(from base: DataSet) throws(DataSetError) -> DataSet
}

extension DerivedKind {
  var place: String { source.place }

  var fault: String? { source.fault }

  mutating func move(_ change: (String) -> String) { source.kind.move(change) }

  mutating func resize(to size: Int) { source.kind.resize(to: size) }

  func load(cache: ImageCache?, threads: Int, progress: LoadListener) throws -> DataSet {
    try derived(from: source.kind.load(cache: cache, threads: threads, progress: progress))
  }
}

extension DataSource {
  /// The source that it is derived from; nil for files and drawings.
  private var base: DataSource? { (kind as? any DerivedKind)?.source }

  /// The files or drawings that the images come from in the end.
  package var root: DataSource { base?.root ?? self }

  /// The data set of this source.
  ///
  /// - Parameter files: That of `root`.
  package func data(from files: DataSet) throws(DataSetError) -> DataSet {
    guard let kind = kind as? any DerivedKind else { return files }
    return try kind.derived(from: kind.source.data(from: files))
  }
}
