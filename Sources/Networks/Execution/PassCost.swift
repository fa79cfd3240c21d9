/// Multiply-adds of one pass over a batch: what its time can be judged by.
package struct PassCost: Hashable, Sendable {
  /// As if every product were done: what a textbook counts.
  package var dense = 0
  /// As the kernels do them: products with the zeros behind a pooling layer are left out, and
  /// Winograd's convolution has 16 for 36.
  package var executed = 0
}

extension PassCost {
  /// - Parameter training: Also the way back; the first layer's input needs no gradient.
  package init(_ architecture: Architecture, images: Int, training: Bool) {
    let plan = Plan(architecture, training: training)
    for (index, step) in plan.steps.enumerated() {
      let cost = step.cost(isFirst: index == 0, training: training)
      dense += cost.dense
      executed += cost.executed
    }
    for head in plan.heads {
      dense += head.inputs * head.outputs * (training ? 3 : 1)
      executed += head.inputs * head.outputs * (training ? 3 : 1)
    }
    dense *= images
    executed *= images
  }
}
