public import Datasets
import Learning
public import Networks
import Randomness
import Tensors

/// What a model's scores lose when a grey square covers a part of the image (Zeiler and Fergus 2014),
/// a piece of all places at a time. It asks for answers only, so any model will do.
public struct Occlusion: PiecewiseWork, Sendable {
  private let model: Model
  private let data: DataSet
  private let split: DataSet.Split
  private let images: [Int]
  private let outputs: [Int]
  private let patch: Int
  /// Left upper corners: all pairs of a row and a column.
  private let rows: [Int]
  private let columns: [Int]
  /// Of each image's output, [image][row of places][column of places].
  private var scores: [Float] = []

  /// The byte of every channel under the square.
  public static let grey: UInt8 = 128

  /// - Parameters:
  ///   - images: Positions in the split.
  ///   - outputs: Whose score is watched, one for each image.
  ///   - patch: The square's side, in pixels.
  ///   - stride: From one place to the next; the last place ends with the image.
  public init(
    _ model: Model, _ data: DataSet, split: DataSet.Split, images: [Int], outputs: [Int],
    patch: Int, stride step: Int
  ) {
    precondition(images.count == outputs.count && patch > 0 && step > 0)
    self.model = model
    self.data = model.prepared(data)
    self.split = split
    self.images = images
    self.outputs = outputs
    self.patch = patch
    func corners(_ extent: Int) -> [Int] {
      let last = max(0, extent - patch)
      let corners = Array(stride(from: 0, through: last, by: step))
      return corners.last == last ? corners : corners + [last]
    }
    let shape = data[split].shape
    (rows, columns) = (corners(shape.height), corners(shape.width))
  }

  private var places: Int { rows.count * columns.count }
  public var done: Int { scores.count }
  /// Covered images.
  public var total: Int { images.count * places }

  /// Has the next covered images answered.
  public mutating func advance(on device: Device) {
    let piece = done..<min(done + EvaluationCount.piece, total)
    guard !piece.isEmpty else { return }
    let covered = ImageSet(
      shape: data[split].shape, pixels: piece.flatMap(covered),
      labels: piece.map { data[split].labels[images[$0 / places]] })
    let set = data.testing(covered)
    let batch = set.batch(
      0..<piece.count, of: .test, random: RandomStream(seed: 0), on: device.pool)
    let answers = model.scores(batch.images, set, on: device)
    let width = answers.shape[1]
    scores += piece.enumerated().map { answers.elements[$0 * width + outputs[$1 / places]] }
  }

  /// The bytes of an image with the square at one of its places.
  private func covered(_ index: Int) -> [UInt8] {
    let set = data[split]
    var pixels = Array(set.image(at: images[index / places]))
    let (top, left) = (
      rows[index % places / columns.count], columns[index % places % columns.count]
    )
    for row in top..<min(top + patch, set.shape.height) {
      let end = min(left + patch, set.shape.width)
      for index in (row * set.shape.width + left)
        * set.shape.channels..<(row * set.shape.width + end) * set.shape.channels
      {
        pixels[index] = Self.grey
      }
    }
    return pixels
  }

  /// For every pixel, by how much the score falls when it is covered: the mean over the places that
  /// cover it.
  ///
  /// - Parameter whole: The scores of the images as they are, one for each.
  public func maps(whole: [Float]) -> [PixelMap] {
    precondition(done == total)
    let shape = data[split].shape
    return images.indices.map { image in
      var sums = [Float](repeating: 0, count: shape.height * shape.width)
      var counts = sums
      for place in 0..<places {
        let (top, left) = (rows[place / columns.count], columns[place % columns.count])
        let fall = whole[image] - scores[image * places + place]
        for row in top..<min(top + patch, shape.height) {
          for column in left..<min(left + patch, shape.width) {
            sums[row * shape.width + column] += fall
            counts[row * shape.width + column] += 1
          }
        }
      }
      // Where the stride is wider than the square, some pixels are never covered.
      return PixelMap(
        height: shape.height, width: shape.width,
        values: zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 })
    }
  }
}
