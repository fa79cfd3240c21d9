import Randomness
import Tensors
import Testing

/// The products of linear layers held against three loops, with more images and inputs than one piece
/// of the work has.
struct LinearTests {
  /// Images, inputs, outputs: around the pieces of 32 images and 1024 inputs.
  static let sizes = [(1, 3, 2), (32, 5, 4), (33, 7, 1), (70, 1030, 3)]

  @Test(arguments: sizes)
  func forwardIsTheProduct(images: Int, inputs: Int, outputs: Int) {
    let (x, w) = (values(images * inputs, seed: 1), values(outputs * inputs, seed: 2))
    for bias in [nil, values(outputs, seed: 3)] {
      var y = [Float](repeating: 9, count: images * outputs)
      forward(x, w, bias, images, inputs, outputs, into: &y)
      for image in 0..<images {
        for output in 0..<outputs {
          let sum = (0..<inputs).reduce(Double(bias?[output] ?? 0)) {
            $0 + Double(x[image * inputs + $1]) * Double(w[output * inputs + $1])
          }
          let expected = sum > 0 ? sum : 0.25 * sum
          #expect(abs(Double(y[image * outputs + output]) - expected) < 1e-4)
        }
      }
    }
  }

  @Test(arguments: sizes, [false, true])
  func wayBackToTheInputIsTheProduct(_ size: (Int, Int, Int), adding: Bool) {
    let (images, inputs, outputs) = size
    let (dy, w) = (values(images * outputs, seed: 4), values(outputs * inputs, seed: 5))
    let before = values(images * inputs, seed: 6)
    var dx = before
    Linear.backwardInput(
      dy, weights: w, images: images, inputs: inputs, outputs: outputs, adding: adding, into: &dx,
      on: ThreadPool(threadCount: 2))
    for image in 0..<images {
      for input in 0..<inputs {
        let start = adding ? Double(before[image * inputs + input]) : 0
        let sum = (0..<outputs).reduce(start) {
          $0 + Double(dy[image * outputs + $1]) * Double(w[$1 * inputs + input])
        }
        #expect(abs(Double(dx[image * inputs + input]) - sum) < 1e-4)
      }
    }
  }

  @Test(arguments: sizes)
  func gradientsOfTheWeightsAreAdded(images: Int, inputs: Int, outputs: Int) {
    let (dy, x) = (values(images * outputs, seed: 7), values(images * inputs, seed: 8))
    let (before, biasBefore) = (values(outputs * inputs, seed: 9), values(outputs, seed: 10))
    var (dw, db) = (before, biasBefore)
    Linear.backwardWeights(
      dy, x, images: images, inputs: inputs, outputs: outputs, into: &dw, bias: &db,
      on: ThreadPool(threadCount: 2))
    for output in 0..<outputs {
      for input in 0..<inputs {
        let sum = (0..<images).reduce(Double(before[output * inputs + input])) {
          $0 + Double(dy[$1 * outputs + output]) * Double(x[$1 * inputs + input])
        }
        #expect(abs(Double(dw[output * inputs + input]) - sum) < 1e-4)
      }
      let sum = (0..<images).reduce(Double(biasBefore[output])) {
        $0 + Double(dy[$1 * outputs + output])
      }
      #expect(abs(Double(db[output]) - sum) < 1e-4)
    }
  }

  private func forward(
    _ x: [Float], _ w: [Float], _ bias: [Float]?, _ images: Int, _ inputs: Int, _ outputs: Int,
    into y: inout [Float]
  ) {
    let pool = ThreadPool(threadCount: 2)
    if let bias {
      Linear.forward(
        x, weights: w, bias: bias, images: images, inputs: inputs, outputs: outputs, slope: 0.25,
        into: &y, on: pool)
    } else {
      Linear.forward(
        x, weights: w, bias: nil, images: images, inputs: inputs, outputs: outputs, slope: 0.25,
        into: &y, on: pool)
    }
  }

  private func values(_ count: Int, seed: UInt64) -> [Float] {
    var random = RandomStream(seed: seed)
    return (0..<count).map { _ in random.uniform(in: -1..<1) }
  }
}
