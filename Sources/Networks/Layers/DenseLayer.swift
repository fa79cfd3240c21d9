import Tensors

package struct DenseLayer: RunnableLayer {
  package let name: String
  package let outputs: Int

  static let key = "dense"
  static let words = [
    LayerWord("dense(OUTPUTS)", "Linear layer.", arguments: 1...1) { arguments, names in
      .dense(name: names.next("fc"), outputs: try arguments.integer(0, in: 1...100_000))
    }
  ]

  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    guard case .vector = input else { throw .needsVector(layer: position) }
    guard outputs > 0 else { throw .notPositive(layer: position) }
    return .vector(outputs)
  }

  var isPlausible: Bool { (1...1 << 16).contains(outputs) }

  func addParameters(to list: inout ParameterList, of placed: PlacedLayer) {
    list.append(
      name, [outputs, placed.input.count], fanIn: placed.input.count, fanOut: outputs,
      hasBias: placed.hasBias)
  }

  func module(_ placed: PlacedLayer) -> Summary.Module? { (kind: "Linear", name: name, uses: 1) }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    DenseStep(
      inputs: placed.input.count, outputs: outputs, weights: placed.start.weights,
      hasBias: placed.hasBias)
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    graph.node(
      "Gemm", [graph.last] + OperatorGraph.numbers(of: name, hasBias: placed.hasBias),
      [.integer("transB", 1)])
  }
}

/// Linear layer, bias and activation.
private struct DenseStep: Step, RunningStep {
  let inputs: Int
  let outputs: Int
  var activation = Activation.none
  /// Where the weights begin in the network's block; a bias follows them.
  let weights: Int
  let hasBias: Bool
  var bias: Int { weights + inputs * outputs }

  var reach: Reach { .batch }

  func fused(with placed: PlacedLayer, training: Bool) -> (any Step)? {
    guard let next = placed.activation, activation == .none else { return nil }
    var step = self
    step.activation = next
    return step
  }

  func cost(isFirst: Bool, training: Bool) -> PassCost {
    let products = inputs * outputs * (training ? isFirst ? 2 : 3 : 1)
    return PassCost(dense: products, executed: products)
  }

  func forward(step: Int, _ pass: ForwardPass) {
    let values = pass.workspace.values
    Linear.forward(
      values[step].base, weights: pass.weights + weights,
      bias: hasBias ? pass.weights + bias : nil, images: pass.count, inputs: inputs,
      outputs: outputs, slope: activation.slope, into: values[step + 1].base, on: pass.pool)
  }

  func backward(step: Int, _ pass: BackwardPass) {
    let (values, gradients) = (pass.workspace.values, pass.workspace.gradients)
    let dy = gradients[step + 1].base
    ActivationKernel.backward(
      dy, output: values[step + 1].base, count: pass.count * outputs, slope: activation.slope)
    pass.addProducts(
      dy, values[step].base, inputs: inputs, outputs: outputs, weights: weights,
      bias: hasBias ? bias : nil)
    guard pass.workspace.plan.needsGradient(at: step) else { return }
    Linear.backwardInput(
      dy, weights: pass.weights + weights, images: pass.count, inputs: inputs, outputs: outputs,
      adding: false, into: gradients[step].base, on: pass.pool)
  }
}
