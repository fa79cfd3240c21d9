import Datasets
import Learning
public import Networks
import Randomness

/// Work on many images that is done a piece at a time, so that it can be shown and stopped.
public protocol PiecewiseWork {
  /// Images done so far.
  var done: Int { get }
  var total: Int { get }

  /// Does the next piece; nothing if all is done.
  mutating func advance(on device: Device)
}

/// Images of a split, read a piece at a time as evaluation reads them.
struct ImagePieces: Sendable {
  let data: DataSet
  let split: DataSet.Split
  /// Positions in the split.
  let images: [Int]
  private(set) var done = 0

  /// - Parameter data: With the transform that images go through.
  init(_ data: DataSet, split: DataSet.Split, images: [Int]) {
    self.data = data
    self.split = split
    self.images = images
  }

  var total: Int { images.count }

  /// What a network reads of the next images; nil when there are no more.
  mutating func next(on device: Device) -> Batch? {
    let piece = images[done..<min(done + EvaluationCount.piece, total)]
    guard !piece.isEmpty else { return nil }
    done += piece.count
    return data.batch(piece, of: split, random: RandomStream(seed: 0), on: device.pool)
  }
}
