package import Tensors

package struct ActivationLayer: RunnableLayer {
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

  var pointwise: Activation? { activation }

  var mapRole: MapRole {
    switch activation {
    case .none: .part(name: nil)
    case .relu: .part(name: "ReLU")
    case .leakyRelu: .part(name: "leaky ReLU")
    }
  }

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
      y.update(from: image.x + from, count: image.output.length)
      ActivationKernel.forward(y, count: image.output.length, slope: activation.slope)
    }
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    image.forEachRow { _, from, to in
      let dx = gradient.dx + from
      dx.update(from: gradient.dy + to, count: image.output.length)
      ActivationKernel.backward(
        dx, output: image.y + to, count: image.output.length, slope: activation.slope)
    }
  }
}
