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
    progress: (LoadProgress) throws -> Void = { _ in }
  ) throws -> DataSet {
    switch source {
    case .gtsrb(let path, let size):
      try ImageLimits.check(size: size)
      let gtsrb = GTSRBListing(location: try GTSRBLocation(at: path))
      return try load(
        source, size: size, fingerprint: gtsrb.fingerprint, cache: cache, threads: threads,
        progress: progress, listing: gtsrb.listing)
    case .folder(let path, let size):
      try ImageLimits.check(size: size)
      return try load(
        source, size: size, fingerprint: nil, cache: cache, threads: threads, progress: progress,
        listing: ImageFolder(path: path).listing)
    case .folderByText(let path, let size):
      try ImageLimits.check(size: size)
      return try load(
        source, size: size, fingerprint: nil, cache: cache, threads: threads, progress: progress,
        listing: ImageFolder(path: path, order: .byText).listing)
    case .synthetic(let signs):
      let set = try signs.generate(threads: threads)
      try progress(
        LoadProgress(
          images: set.train.count + set.test.count, total: set.train.count + set.test.count))
      return set
    case .arrays(let files):
      let set = try files.load()
      try progress(
        LoadProgress(
          images: set.train.count + set.test.count, total: set.train.count + set.test.count))
      return set
    case .heldOut(let source, let holdOut):
      return try load(source, cache: cache, threads: threads, progress: progress)
        .holdingOut(holdOut)
    }
  }

  /// - Parameter fingerprint: Of the files; nil if the listing has to tell.
  private static func load(
    _ source: DataSource, size: Int, fingerprint: Fingerprint?, cache: ImageCache?, threads: Int,
    progress: (LoadProgress) throws -> Void,
    listing: () throws(DataSetError) -> ImageListing
  ) throws -> DataSet {
    var listed: ImageListing?
    var fingerprint = fingerprint
    if cache != nil, fingerprint == nil {
      let images = try listing()
      listed = images
      fingerprint = Fingerprint(images)
    }
    let key = ImageCache.Key(source)
    if let cache, let fingerprint, let found = cache.dataSet(source, key, fingerprint) {
      let total = found.train.count + found.test.count
      try progress(LoadProgress(images: total, total: total))
      return found
    }
    let images = try listed ?? listing()
    try ImageLimits.check(images: images.count, size: size)
    let (train, test) = try ImageLoader(images, size: size).load(
      threads: threads, progress: progress)
    let set = DataSet(
      source: source, classNames: images.classNames, train: train, test: test,
      loadNotes: images.notes)
    if let cache, let fingerprint { cache.store(set, key, fingerprint) }
    return set
  }
}

/// How far the loading of a data set has come.
public struct LoadProgress: Hashable, Sendable {
  /// Images decoded or drawn so far.
  public var images: Int
  public var total: Int

  public init(images: Int, total: Int) {
    self.images = images
    self.total = total
  }
}
