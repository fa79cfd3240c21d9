/// One kind of data source: where its images are, and everything that is to be known of it.
protocol SourceKind: Codable, Hashable, Sendable {
  /// What session files call it.
  static var key: String { get }

  /// A path, or what the images are drawn from.
  var place: String { get }
  /// What `load` takes for granted and is not so: a session file may hold anything.
  var fault: String? { get }
  /// With classes in the order of text, if they are in another.
  var sortedByText: DataSource? { get }

  /// Changes the path, if there is one.
  mutating func move(_ change: (String) -> String)
  mutating func resize(to size: Int)

  /// - Parameters: Those of `DataSet.load`.
  func load(cache: ImageCache?, threads: Int, progress: LoadListener) throws -> DataSet
}

extension SourceKind {
  var fault: String? { nil }
  var sortedByText: DataSource? { nil }
}
