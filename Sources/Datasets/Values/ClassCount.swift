/// How many images of a class each split has.
public struct ClassCount: Codable, Hashable, Sendable {
  public enum Order: String, CaseIterable, Codable, Hashable, Sendable {
    /// Ascending.
    case label, name
    /// The most frequent first, ties by label.
    case train, test
  }

  public var label: Int
  public var name: String
  public var train: Int
  public var test: Int

  public init(label: Int, name: String, train: Int, test: Int) {
    self.label = label
    self.name = name
    self.train = train
    self.test = test
  }
}

extension DataSet {
  /// One row per class, those without images too.
  public func classCounts(orderedBy order: ClassCount.Order = .label) -> [ClassCount] {
    var counts = classNames.enumerated().map {
      ClassCount(label: $0.offset, name: $0.element, train: 0, test: 0)
    }
    for label in train.labels { counts[label].train += 1 }
    for label in test.labels { counts[label].test += 1 }
    return counts.sorted { a, b in
      switch order {
      case .label: a.label < b.label
      case .name: (a.name, a.label) < (b.name, b.label)
      case .train: (b.train, a.label) < (a.train, b.label)
      case .test: (b.test, a.label) < (a.test, b.label)
      }
    }
  }
}
