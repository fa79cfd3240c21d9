import Networks
import Tensors

extension Network {
  /// Σ over images of Σ over the rows of a loss's gradients, each row's gradient with respect to the
  /// weights being squared or taken absolutely first: what a gradient of the whole batch cannot give,
  /// since it is a mean before it could be squared.
  ///
  /// The network is as in evaluation. The images are shared out to a fixed number of sums, so the
  /// number of threads changes no bit.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - seeds: Given an image's logits [outputs], gradients at the logits, each with a weight.
  ///   - combine: What of a weight's gradient is summed up.
  func sumOverImages(
    _ images: Tensor, on device: Device, combine: PerImageGradient,
    seeds: @Sendable (_ logits: [Float]) -> [(weight: Float, gradient: [Float])]
  ) -> Block {
    if architecture.isPerceptron {
      return sumOverBatch(images, on: device, combine: combine, seeds: seeds)
    }
    let count = images.shape[0]
    let size = images.count / max(1, count)
    let shares = evenRanges(count, parts: Self.shareCount)
    let sums = shares.map { _ in Sum(Block(zeros: weights.count)) }
    let alone = Device(threads: 1)
    device.pool.forEach(shares.count) { share in
      for image in shares[share] {
        let input = Tensor(
          [1] + images.shape.dropFirst(),
          Array(images.elements[image * size..<(image + 1) * size]))
        let logits = logits(input, on: alone)[0]
        for seed in seeds(logits.elements) {
          var gradient = Block(zeros: weights.count)
          _ = evaluationPass(input, on: alone, into: &gradient) { all in
            OutputLoss(
              all.logits.enumerated().map { head, logits in
                Loss(
                  value: 0,
                  gradient: head == 0
                    ? Tensor(logits.shape, seed.gradient) : Tensor(zeros: logits.shape))
              })
          }
          sums[share].add(gradient, weight: seed.weight, combine)
        }
      }
    }
    var total = Block(zeros: weights.count)
    for sum in sums {
      for i in total.elements.indices { total.elements[i] += sum.block.elements[i] }
    }
    return total
  }

  private static var shareCount: Int { 8 }

  /// The same sum where all layers are linear: a pass over all images for the first row of each, one for
  /// the second, and so on. Equal up to rounding.
  private func sumOverBatch(
    _ images: Tensor, on device: Device, combine: PerImageGradient,
    seeds: (_ logits: [Float]) -> [(weight: Float, gradient: [Float])]
  ) -> Block {
    let logits = logits(images, on: device)[0]
    let width = logits.shape[1]
    let rows = (0..<images.shape[0]).map { image in
      seeds(Array(logits.elements[image * width..<(image + 1) * width]))
    }
    var total = Block(zeros: weights.count)
    for place in 0..<(rows.map(\.count).max() ?? 0) {
      var gradient = Tensor(zeros: logits.shape)
      for (image, row) in rows.enumerated() where place < row.count {
        // A weight goes into what is squared, or taken absolutely.
        let factor = combine == .square ? row[place].weight.squareRoot() : row[place].weight
        for output in 0..<width {
          gradient.elements[image * width + output] = factor * row[place].gradient[output]
        }
      }
      foldedPass(images, on: device, combine == .square ? .squares : .magnitudes, into: &total) {
        OutputLoss(
          $0.logits.enumerated().map { head, logits in
            Loss(value: 0, gradient: head == 0 ? gradient : Tensor(zeros: logits.shape))
          })
      }
    }
    return total
  }
}

/// What is summed up of a weight's gradient.
enum PerImageGradient: Sendable {
  case square
  case magnitude
}

/// One share's sum; only the thread that works on the share touches it.
private final class Sum: @unchecked Sendable {
  private(set) var block: Block

  init(_ block: Block) { self.block = block }

  func add(_ gradient: Block, weight: Float, _ combine: PerImageGradient) {
    block.elements.withUnsafeMutableBufferPointer { sum in
      gradient.elements.withUnsafeBufferPointer { gradient in
        switch combine {
        case .square: for i in sum.indices { sum[i] += weight * gradient[i] * gradient[i] }
        case .magnitude: for i in sum.indices { sum[i] += weight * abs(gradient[i]) }
        }
      }
    }
  }
}
