public import Datasets
import Learning
public import Networks
import Randomness
import Tensors

/// Looks for images whose label is doubtful, a piece at a time: every image is judged by a classifier
/// that has not seen its track.
public struct LabelSearch: PiecewiseWork, Sendable {
  /// What the classifiers read of an image.
  public enum Features: Sendable {
    /// Histograms of oriented gradients of the images as they were loaded.
    case gradients
    /// What the heads of networks read, side by side, after the data set's transform.
    case networks([Network])
  }

  private let data: DataSet
  private let features: Features
  /// In pieces of one fold.
  private var learning: [Piece]
  private var judging: [Piece]
  private var probe: LabelProbe?
  private var judge: (fold: Int, map: LinearMap, known: [Bool])?
  private var images: [Int] = []
  private var scores: [Float] = []
  private let folds: Int
  private let judged: DataSet.Split
  public let knowsTracks: Bool
  /// Images that were read, each twice but for test images.
  public private(set) var done = 0
  public let total: Int

  private struct Piece {
    var split: DataSet.Split
    var fold: Int
    var images: ArraySlice<Int>
  }

  /// - Parameters:
  ///   - split: The images to be judged. Test images are judged by what all training images teach.
  ///   - folds: Of training images.
  public init(_ data: DataSet, split: DataSet.Split, features: Features, folds: Int) {
    self.data = data
    self.features = features
    judged = split
    let parts: [(split: DataSet.Split, members: [Int])]
    switch split {
    case .train:
      let folds = LabelFolds(data.train, count: folds)
      knowsTracks = folds.knowsTracks
      parts = folds.members.map { (.train, $0) }
    case .test:
      knowsTracks = true
      parts = DataSet.Split.allCases.map { ($0, Array(data[$0].labels.indices)) }
    }
    self.folds = parts.count
    let pieces = parts.enumerated().flatMap { fold, part in
      stride(from: 0, to: part.members.count, by: EvaluationCount.piece).map {
        Piece(
          split: part.split, fold: fold,
          images: part.members[$0..<min($0 + EvaluationCount.piece, part.members.count)])
      }
    }
    learning = pieces.filter { $0.split == .train }
    judging = pieces.filter { $0.split == split }
    total = (learning + judging).reduce(0) { $0 + $1.images.count }
  }

  /// Reads the next images.
  public mutating func advance(on device: Device) {
    if let piece = learning.first {
      learning.removeFirst()
      let (values, labels) = read(piece, on: device)
      var probe =
        self.probe
        ?? LabelProbe(features: values.shape[1], classes: data.classNames.count, folds: folds)
      self.probe = nil
      probe.add(values, labels: labels, fold: piece.fold, on: device.pool)
      self.probe = probe
      done += piece.images.count
    } else if let piece = judging.first {
      judging.removeFirst()
      if judge?.fold != piece.fold {
        judge = probe?.classifier(without: piece.fold, on: device.pool).map {
          (piece.fold, $0.map, $0.known)
        }
      }
      done += piece.images.count
      guard let judge, judge.fold == piece.fold else { return }
      let (values, labels) = read(piece, on: device)
      let rows = judge.map.outputs(values, on: device).elements
      let width = judge.known.count
      for (row, image) in piece.images.enumerated() where judge.known[labels[row]] {
        images.append(image)
        scores += (0..<width).map { judge.known[$0] ? rows[row * width + $0] : -.infinity }
      }
    }
  }

  /// What is doubted so far.
  public var result: LabelDoubts {
    LabelDoubts(
      images: images, labels: images.map { data[judged].labels[$0] }, scores: scores,
      classes: data.classNames.count)
  }

  /// [N, F], and the labels.
  private func read(_ piece: Piece, on device: Device) -> (Tensor, [Int]) {
    var data = data
    if case .gradients = features { data.transform = Transform() }
    let batch = data.batch(
      piece.images, of: piece.split, random: RandomStream(seed: 0), on: device.pool)
    switch features {
    case .networks(let networks):
      let parts = networks.map { $0.features(batch.images, on: device) }
      return (Tensor.sideBySide(parts), batch.labels)
    case .gradients:
      let values = OrientedGradients().features(batch.images, on: device.pool)
      // Images too small for a block of cells are read pixel by pixel.
      guard values.shape[1] == 0 else { return (values, batch.labels) }
      let pixels = batch.images.shape.dropFirst().reduce(1, *)
      return (Tensor([batch.labels.count, pixels], batch.images.elements), batch.labels)
    }
  }
}
