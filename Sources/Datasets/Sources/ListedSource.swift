/// A kind whose images are files by themselves: they are listed, then decoded and resized to
/// `size` × `size`, and kept in the cache.
protocol ListedSource: SourceKind {
  /// What its copies in the cache are named after.
  static var cacheKey: String { get }

  var path: String { get set }
  var size: Int { get set }

  /// Changes when a cached copy is worthless; nil if the listing itself must tell.
  func fingerprint() throws(DataSetError) -> FileFingerprint?
  func listing() throws(DataSetError) -> ImageListing
}

extension ListedSource {
  static var cacheKey: String { key }

  var place: String { path }

  mutating func move(_ change: (String) -> String) { path = change(path) }

  mutating func resize(to size: Int) { self.size = size }

  func fingerprint() throws(DataSetError) -> FileFingerprint? { nil }

  func load(cache: ImageCache?, threads: Int, progress: LoadListener) throws -> DataSet {
    try ImageLimits.check(size: size)
    guard let cache else { return try decoded(listing(), threads, progress) }
    var listed: ImageListing?
    var fingerprint = try fingerprint()
    if fingerprint == nil {
      listed = try listing()
      fingerprint = listed.map { FileFingerprint($0) }
    }
    let file = cache.file(Self.cacheKey, size: size, path: path)
    if let fingerprint, let found = cache.read(file, DataSource(self), fingerprint) {
      try progress(LoadProgress(all: found))
      return found
    }
    let set = try decoded(listed ?? listing(), threads, progress)
    if let fingerprint { cache.write(set, fingerprint, to: file) }
    return set
  }

  private func decoded(
    _ images: ImageListing, _ threads: Int, _ progress: LoadListener
  ) throws -> DataSet {
    let shape = ImageShape(height: size, width: size, channels: 3)
    try ImageLimits.check(images: images.count, shape: shape)
    let (train, test) = try ImageLoader(images, size: size).load(
      threads: threads, progress: progress)
    return DataSet(
      source: DataSource(self), classNames: images.classNames, train: train, test: test,
      loadNotes: images.notes)
  }
}
