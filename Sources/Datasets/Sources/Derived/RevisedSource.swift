internal import PlainText

/// A source of which some images are chosen, some have other labels, or the classes other names.
struct RevisedSource: DerivedKind {
  static let key = "revised"

  var source: DataSource
  var train = Split()
  var test = Split()
  /// nil: those of the source.
  var classNames: [String]?

  /// What becomes of the images of one split.
  struct Split: Codable, Hashable, Sendable {
    /// Those that stay; nil for all.
    var images: ImageNumbers?
    /// By the numbers that images have among those that stay.
    var labels: LabelChanges?
  }

  private enum CodingKeys: String, CodingKey {
    case source = "of"
    case train, test
    case classNames
  }

  init(of source: DataSource) { self.source = source }

  subscript(split: DataSet.Split) -> Split {
    get { split == .train ? train : test }
    set { if split == .train { train = newValue } else { test = newValue } }
  }

  var fault: String? { source.fault ?? classNames.flatMap(ClassNames.fault) }

  func derived(from base: DataSet) throws(DataSetError) -> DataSet {
    let names = classNames ?? base.classNames
    guard names.count >= base.classNames.count else {
      throw .tooFewNames(names: names.count, classes: base.classNames.count)
    }
    return DataSet(
      source: DataSource(self), classNames: names,
      train: try images(.train, of: base, classCount: names.count),
      test: try images(.test, of: base, classCount: names.count),
      digest: train == Split() && test == Split() ? base.digest : nil, transform: base.transform,
      loadNotes: base.loadNotes)
  }

  private func images(
    _ split: DataSet.Split, of base: DataSet, classCount: Int
  ) throws(DataSetError) -> ImageSet {
    var set = base[split]
    let change = self[split]
    if let images = change.images {
      guard images.end <= set.count else {
        throw .imageMissing(split: split, image: images.end - 1, count: set.count)
      }
      set = set.subset(images.all)
    }
    guard let labels = change.labels?.labels else { return set }
    for (image, label) in labels {
      guard set.labels.indices.contains(image) else {
        throw .imageMissing(split: split, image: image, count: set.count)
      }
      guard label < classCount else { throw .classMissing(label, classCount: classCount) }
    }
    return set.relabelled(labels)
  }
}

extension ImageSet {
  /// The same images, some with other labels.
  ///
  /// - Parameter labels: By the images' numbers.
  func relabelled(_ labels: [Int: Int]) -> ImageSet {
    ImageSet(
      shape: shape, pixels: pixels,
      labels: self.labels.enumerated().map { labels[$0.offset] ?? $0.element }, tracks: tracks,
      sizes: sizes)
  }
}
