/// Data sets that are made of others.
extension DataSet {
  /// What it is made by, of a source that is not itself made so: revising twice is one revision.
  private var revision: RevisedSource {
    source.kind as? RevisedSource ?? RevisedSource(of: source)
  }

  /// Some of the images, with all classes.
  ///
  /// - Parameters: Their numbers, ascending.
  public func choosing(train: [Int], test: [Int]) -> DataSet {
    var revision = revision
    for (split, numbers) in [(Split.train, train), (.test, test)] {
      revision[split] = revision[split].choosing(numbers, of: self[split].count)
    }
    return DataSet(
      source: DataSource(revision), classNames: classNames, train: self.train.subset(train),
      test: self.test.subset(test), transform: transform, loadNotes: loadNotes)
  }

  /// The same images, some of one split with other labels.
  ///
  /// - Parameter labels: Classes, by the images' numbers.
  public func relabelled(_ labels: [Int: Int], of split: Split) -> DataSet {
    var revision = revision
    var changes = revision[split].labels ?? LabelChanges()
    changes.labels.merge(labels) { $1 }
    revision[split].labels = changes
    return DataSet(
      source: DataSource(revision), classNames: classNames,
      train: split == .train ? train.relabelled(labels) : train,
      test: split == .test ? test.relabelled(labels) : test, transform: transform,
      loadNotes: loadNotes)
  }

  /// The same images, with other names for the classes.
  ///
  /// - Parameter names: For every class; those beyond are of classes without images.
  public func named(_ names: [String]) throws(DataSetError) -> DataSet {
    guard names.count >= classNames.count else {
      throw .tooFewNames(names: names.count, classes: classNames.count)
    }
    var revision = revision
    // As they are read from files.
    revision.classNames = GTSRB.corrected(names)
    return DataSet(
      source: DataSource(revision), classNames: GTSRB.corrected(names), train: train, test: test,
      digest: digest, transform: transform, loadNotes: loadNotes)
  }

  // MARK: Where images come from

  /// Whether images were left out, so that they have other numbers in `unrevised`.
  public var isSelection: Bool { Split.allCases.contains { revision[$0].images != nil } }

  /// The source whose images these are, before any were left out or had other labels.
  public var unrevised: DataSource { revision.source }

  /// The numbers that the images of a split have in `unrevised`.
  public func originals(of split: Split) -> [Int] {
    revision[split].images?.all ?? Array(self[split].labels.indices)
  }

  /// The images whose labels were changed.
  public func relabelledImages(of split: Split) -> [Int] {
    revision[split].labels?.sorted.map(\.image) ?? []
  }

  /// Whether the classes have names of their own.
  public var hasOwnNames: Bool { revision.classNames != nil }
}

extension RevisedSource.Split {
  /// - Parameter count: The images so far.
  fileprivate func choosing(_ numbers: [Int], of count: Int) -> Self {
    guard numbers.count < count else { return self }
    var chosen = self
    if let old = images?.all {
      chosen.images = ImageNumbers(numbers.map { old[$0] })
    } else {
      chosen.images = ImageNumbers(numbers)
    }
    if let old = labels?.labels {
      let kept = numbers.enumerated().compactMap { place, number in
        old[number].map { (place, $0) }
      }
      chosen.labels =
        kept.isEmpty ? nil : LabelChanges(labels: Dictionary(uniqueKeysWithValues: kept))
    }
    return chosen
  }
}

extension DataSource {
  /// How many images are chosen of each split, where that is known without loading them.
  package var chosenCounts: (train: Int?, test: Int?) {
    let revision = kind as? RevisedSource
    return (revision?.train.images?.count, revision?.test.images?.count)
  }
}
