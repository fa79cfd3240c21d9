import Randomness
import Tensors

package struct DropoutLayer: RunnableLayer {
  package let rate: Float

  static let key = "dropout"
  static let words = [
    LayerWord("dropout(RATE)", "Zeroes a share of the values in training.", arguments: 1...1) {
      arguments, _ in .dropout(rate: try arguments.fraction(default: 0))
    }
  ]

  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    guard rate >= 0, rate < 1 else { throw .rateOutOfRange(layer: position) }
    return input
  }

  var isIdentityAtEvaluation: Bool { true }
  var mapRole: MapRole { .part(name: nil) }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step { DropoutStep(rate: rate) }
}

/// Marks which values were kept.
private struct DropoutStep: Step, RunningStep {
  let rate: Float

  var hasMarks: Bool { true }

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let length = image.output.length
    guard case .training(let random) = pass.mode else {
      return image.forEachRow { _, from, to in
        (image.y + to).update(from: image.x + from, count: length)
      }
    }
    let stream = random.stream(image.step).stream(image.index)
    let marks = forTraining(image.marks)
    image.forEachRow { row, from, to in
      Dropout.forward(
        image.x + from, count: length, rate: rate, random: stream.stream(row),
        into: image.y + to, kept: marks + row * length)
    }
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let length = image.output.length
    guard pass.isTraining else {
      return image.forEachRow { _, from, to in
        (gradient.dx + from).update(from: gradient.dy + to, count: length)
      }
    }
    let marks = forTraining(image.marks)
    image.forEachRow { row, from, to in
      Dropout.backward(
        gradient.dy + to, count: length, rate: rate, kept: marks + row * length,
        into: gradient.dx + from)
    }
  }
}
