import Randomness

/// Which tracks are taken out of the training images to choose options by.
public struct HoldOut: Codable, Hashable, Sendable {
  /// What is held out when nothing else is asked for.
  public static let standard = HoldOut(share: 0.2, seed: 0)

  /// Of each class's tracks, above 0 and below 1.
  public var share: Double
  public var seed: Int

  public init(share: Double, seed: Int) {
    self.share = share
    self.seed = seed
  }
}

extension DataSource {
  /// The training images of another source, tracks of them held out as test images.
  public static func heldOut(of source: DataSource, _ holdOut: HoldOut) -> DataSource {
    DataSource(HeldOutSource(source: source, holdOut: holdOut))
  }
}

struct HeldOutSource: DerivedKind {
  static let key = "heldOut"

  var source: DataSource
  var holdOut: HoldOut

  private enum CodingKeys: String, CodingKey {
    case source = "of"
    case holdOut = "_1"
  }

  var fault: String? {
    holdOut.share > 0 && holdOut.share < 1
      ? source.fault : "the share that is held out is out of range"
  }

  var sortedByText: DataSource? { source.sortedByText.map { .heldOut(of: $0, holdOut) } }

  func derived(from base: DataSet) -> DataSet { base.holdingOut(holdOut) }
}

extension DataSet {
  /// The training images divided by track into a training and a test split of their own.
  ///
  /// A track is one physical sign filmed some thirty times, so frames of one must not be on both
  /// sides. Of each class the given share of tracks is held out, one at least and never all; a
  /// class of a single track has nothing to hold out. Without known tracks every image is one.
  ///
  /// - Parameters:
  ///   - share: Between 0 and 1.
  ///   - seed: Which tracks.
  public func holdingOut(_ holdOut: HoldOut) -> DataSet {
    precondition(holdOut.share > 0 && holdOut.share < 1)
    let tracks = train.tracks.isEmpty ? Array(train.labels.indices) : train.tracks
    var known: [Int: [Int]] = [:]
    for (label, track) in zip(train.labels, tracks) where known[label]?.last != track {
      if known[label]?.contains(track) != true { known[label, default: []].append(track) }
    }
    let stream = RandomStream(seed: UInt64(bitPattern: Int64(holdOut.seed))).stream("validation")
    // By class: in an array file each class may count its tracks from 0.
    var heldOut: [Int: Set<Int>] = [:]
    for (label, all) in known {
      // Of a single track none: one always stays.
      let count = min(max(1, Int((holdOut.share * Double(all.count)).rounded())), all.count - 1)
      var random = stream.stream(label)
      heldOut[label] = Set(random.sample(count, from: all))
    }
    let isHeldOut = zip(train.labels, tracks).map { heldOut[$0]?.contains($1) == true }
    return DataSet(
      source: .heldOut(of: source, holdOut), classNames: classNames,
      train: train.subset(train.labels.indices.filter { !isHeldOut[$0] }),
      test: train.subset(train.labels.indices.filter { isHeldOut[$0] }), transform: transform,
      loadNotes: loadNotes.filter { !$0.isAboutTesting })
  }
}

extension ImageSet {
  /// The images at some positions, in their order.
  func subset(_ indices: [Int]) -> ImageSet {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(indices.count * shape.count)
    for index in indices { pixels += image(at: index) }
    return ImageSet(
      shape: shape, pixels: pixels, labels: indices.map { labels[$0] },
      tracks: tracks.isEmpty ? [] : indices.map { tracks[$0] },
      sizes: sizes.isEmpty ? [] : indices.map { sizes[$0] })
  }
}
