public import Datasets
import Randomness

/// Images shared out for cross-validation: what judges a fold is trained on the others.
///
/// The frames of a track go into one fold, since they are nearly the same image: else each would be
/// judged by its twins, and a track with a wrong label by itself. The tracks of a class are dealt out
/// in turn. Where tracks are unknown, every image is a track of its own.
public struct LabelFolds: Hashable, Sendable {
  /// Positions in the training split.
  public let members: [[Int]]
  public let knowsTracks: Bool

  /// - Parameter count: Folds, 2 or more.
  public init(_ set: ImageSet, count: Int) {
    precondition(count > 1)
    knowsTracks = !set.tracks.isEmpty
    let stream = RandomStream(seed: 0).stream("folds")
    var members = [[Int]](repeating: [], count: count)
    let tracks =
      knowsTracks
      ? set.tracksByClass.map { (label: $0.label, images: $0.images) }
      : set.labels.enumerated().map { (label: $1, images: [$0]) }
    for (label, own) in Dictionary(grouping: tracks, by: \.label).sorted(by: { $0.key < $1.key }) {
      var random = stream.stream(label)
      var order = own.map(\.images)
      random.shuffle(&order)
      let first = random.index(below: count)
      for (place, images) in order.enumerated() { members[(first + place) % count] += images }
    }
    self.members = members.map { $0.sorted() }
  }
}
