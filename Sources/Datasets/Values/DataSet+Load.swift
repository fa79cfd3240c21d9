extension DataSet {
  /// Loads a data set, from the cache if a copy of the same files is there.
  ///
  /// - Parameters:
  ///   - cache: Where decoded images are kept for the next time; nil to do without.
  ///   - threads: How many threads decode; the result does not depend on it.
  ///   - progress: Called on the calling thread; what it throws ends the loading and is rethrown.
  /// - Throws: `DataSetError`, and what `progress` throws.
  public static func load(
    _ source: DataSource, cache: ImageCache? = .standard, threads: Int = 2,
    progress: LoadListener = { _ in }
  ) throws -> DataSet {
    try source.kind.load(cache: cache, threads: threads, progress: progress)
  }
}

/// Ends the loading by what it throws.
public typealias LoadListener = (LoadProgress) throws -> Void

/// How far the loading of a data set has come.
public struct LoadProgress: Hashable, Sendable {
  /// Images decoded or drawn so far.
  public var images: Int
  public var total: Int

  public init(images: Int, total: Int) {
    self.images = images
    self.total = total
  }

  /// All images of a set are there.
  init(all set: DataSet) {
    total = set.train.count + set.test.count
    images = total
  }
}
