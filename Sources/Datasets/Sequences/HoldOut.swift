import Randomness

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
    var tracks: [Int: [Int]] = [:]
    for index in 0..<train.count {
      let track = train.tracks.isEmpty ? index : train.tracks[index]
      let known = tracks[train.labels[index]]
      if known?.last != track, known?.contains(track) != true {
        tracks[train.labels[index], default: []].append(track)
      }
    }
    let stream = RandomStream(seed: UInt64(bitPattern: Int64(holdOut.seed))).stream("validation")
    // By class: in an array file each class may count its tracks from 0.
    var heldOut: [Int: Set<Int>] = [:]
    for (label, all) in tracks {
      // Of a single track none: one always stays.
      let count = min(max(1, Int((holdOut.share * Double(all.count)).rounded())), all.count - 1)
      var random = stream.stream(label)
      heldOut[label] = Set(random.sample(count, from: all))
    }
    let isHeldOut = train.labels.enumerated().map { index, label in
      heldOut[label]?.contains(train.tracks.isEmpty ? index : train.tracks[index]) == true
    }
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
      tracks: tracks.isEmpty ? [] : indices.map { tracks[$0] })
  }
}
