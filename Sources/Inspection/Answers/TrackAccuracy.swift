public import Datasets

/// How often a model is right, track by track and frame by frame.
public struct TrackAccuracy: Hashable, Sendable {
  /// Some images and those of them that are right.
  public struct Count: Hashable, Sendable {
    public var images = 0
    public var right = 0

    public var share: Double { Double(right) / Double(images) }

    mutating func add(_ isRight: Bool) {
      images += 1
      if isRight { right += 1 }
    }
  }

  public struct OfTrack: Hashable, Sendable {
    public let track: Track
    public let count: Count
    /// What its wrong images are taken for most often; nil if all are right.
    public let mostTakenFor: Int?
  }

  public struct OfSize: Hashable, Sendable {
    /// The shorter side in pixels, of the smallest and the largest image.
    public let sizes: ClosedRange<Int>
    public let count: Count
  }

  /// The least accurate first.
  public let tracks: [OfTrack]
  /// By the number of the frame.
  public let frames: [Count]
  /// Parts of the images of about the same number, the smallest first; none if sizes are unknown.
  public let sizes: [OfSize]
  public let all: Count

  /// - Parameters:
  ///   - answers: To images of the split, of whose tracks those without any are left out.
  ///   - parts: Of the images by their size.
  public init(_ answers: Predictions, in set: ImageSet, parts: Int = 8) {
    var answered: [Int: Prediction] = [:]
    for position in 0..<answers.count {
      answered[answers.images[position]] = answers[position]
    }
    var (all, frames) = (Count(), [Count]())
    var tracks: [OfTrack] = []
    for track in set.tracksByClass {
      var (count, wrong) = (Count(), [Int: Int]())
      for (frame, image) in track.images.enumerated() {
        guard let answer = answered[image] else { continue }
        while frames.count <= frame { frames.append(Count()) }
        frames[frame].add(answer.isRight)
        count.add(answer.isRight)
        all.add(answer.isRight)
        if !answer.isRight, let label = answer.answer { wrong[label, default: 0] += 1 }
      }
      guard count.images > 0 else { continue }
      let most = wrong.min { ($1.value, $0.key) < ($0.value, $1.key) }
      tracks.append(OfTrack(track: track, count: count, mostTakenFor: most?.key))
    }
    self.tracks = tracks.enumerated().sorted { a, b in
      (a.element.count.share, a.offset) < (b.element.count.share, b.offset)
    }.map(\.element)
    self.frames = frames
    self.all = all
    sizes = Self.bySize(answers, in: set, parts: parts)
  }

  private static func bySize(
    _ answers: Predictions, in set: ImageSet, parts: Int
  ) -> [OfSize] {
    let sides = (0..<answers.count).compactMap { position in
      set.size(at: answers.images[position]).map { (side: $0.shorterSide, position: position) }
    }.sorted { ($0.side, $0.position) < ($1.side, $1.position) }
    guard let first = sides.first, let last = sides.last, first.side < last.side else { return [] }
    // Images of one size stay together.
    var groups: [[(side: Int, position: Int)]] = []
    var started = -1
    for (rank, entry) in sides.enumerated() {
      let part = rank * parts / sides.count
      if part != started, groups.last?.last?.side != entry.side {
        groups.append([])
        started = part
      }
      groups[groups.count - 1].append(entry)
    }
    return groups.map { group in
      var count = Count()
      for entry in group { count.add(answers[entry.position].isRight) }
      return OfSize(sizes: group[0].side...group[group.count - 1].side, count: count)
    }
  }

  /// The standard error of the accuracy over all images, in which a track counts as one draw: frames of
  /// one sign are alike, so that they are right or wrong together. A cluster-robust error (Liang and
  /// Zeger 1986); nil of fewer than two tracks.
  public var errorOverTracks: Double? {
    guard tracks.count > 1 else { return nil }
    let squares = tracks.reduce(0) { sum, track in
      let rest = Double(track.count.right) - all.share * Double(track.count.images)
      return sum + rest * rest
    }
    let clusters = Double(tracks.count)
    return (clusters / (clusters - 1) * squares).squareRoot() / Double(all.images)
  }

  /// The same if every image were drawn for itself: √(p (1 − p) / n).
  public var errorOverImages: Double {
    (all.share * (1 - all.share) / Double(all.images)).squareRoot()
  }
}
