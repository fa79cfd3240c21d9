public import Tensors

extension Layer {
  public static func activation(_ activation: Activation) -> Layer {
    Layer(ActivationLayer(activation: activation))
  }
}

package struct ActivationLayer: LayerKind {
  package let activation: Activation

  private enum CodingKeys: String, CodingKey {
    case activation = "_0"
  }

  static let key = "activation"
  static let words = [
    LayerWord("lrelu", "Leaky ReLU; slope 0.01 or as given.", arguments: 0...1) { arguments, _ in
      .activation(.leakyRelu(slope: try arguments.fraction(default: 0.01)))
    },
    LayerWord("relu", "ReLU.") { _, _ in .activation(.relu) },
  ]

  func output(of input: LayerShape, at position: Int) -> LayerShape { input }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    ActivationStep(activation: activation)
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    switch activation {
    case .none: break
    case .relu: graph.node("Relu", [graph.last])
    case .leakyRelu(let slope): graph.node("LeakyRelu", [graph.last], [.real("alpha", slope)])
    }
  }
}

private struct ActivationStep: Step, RunningStep {
  let activation: Activation

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    image.forEachRow { _, from, to in
      let y = image.y + to
      y.update(from: image.x + from, count: image.length)
      ActivationKernel.forward(y, count: image.length, slope: activation.slope)
    }
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    image.forEachRow { _, from, to in
      let dx = gradient.dx + from
      dx.update(from: gradient.dy + to, count: image.length)
      ActivationKernel.backward(
        dx, output: image.y + to, count: image.length, slope: activation.slope)
    }
  }
}
