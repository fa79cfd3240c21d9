import Randomness
import Tensors

extension Layer {
  /// In training each value is 0 with probability `rate` (Srivastava et al. 2014).
  public static func dropout(rate: Float) -> Layer { Layer(DropoutLayer(rate: rate)) }
}

package struct DropoutLayer: LayerKind {
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

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step { DropoutStep(rate: rate) }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {}
}

private struct DropoutStep: Step {
  let rate: Float

  func running(at place: StepPlace) -> any RunningStep {
    RunningDropout(rate: rate, kept: place.training ? place.bytes() : nil)
  }
}

private struct RunningDropout: RunningStep {
  let rate: Float
  /// Which values were kept, [capacity, count]; when training.
  let kept: ByteMemory?

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    guard case .training(let random) = pass.mode else {
      return image.forEachRow { _, from, to in
        (image.y + to).update(from: image.x + from, count: image.length)
      }
    }
    let stream = random.stream(image.step).stream(image.index)
    let marks = image.bytes(forTraining(kept))
    image.forEachRow { row, from, to in
      Dropout.forward(
        image.x + from, count: image.length, rate: rate, random: stream.stream(row),
        into: image.y + to, kept: marks + row * image.length)
    }
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    guard pass.isTraining else {
      return image.forEachRow { _, from, to in
        (gradient.dx + from).update(from: gradient.dy + to, count: image.length)
      }
    }
    let marks = image.bytes(forTraining(kept))
    image.forEachRow { row, from, to in
      Dropout.backward(
        gradient.dy + to, count: image.length, rate: rate, kept: marks + row * image.length,
        into: gradient.dx + from)
    }
  }
}
