import Tensors

/// Multiply-adds of one pass over a batch: what its time can be judged by.
package struct PassCost: Hashable, Sendable {
  /// As if every product were done: what a textbook counts.
  package var dense = 0
  /// As the kernels do them: products with the zeros behind a pooling layer are left out, and
  /// Winograd's convolution has 16 for 36.
  package var executed = 0

  /// - Parameter training: Also the way back; the first layer's input needs no gradient.
  package init(_ architecture: Architecture, images: Int, training: Bool) {
    let plan = Plan(architecture, training: training)
    for (index, step) in plan.steps.enumerated() {
      switch step {
      case .convolution(let convolution):
        let geometry = convolution.geometry
        let ways = training ? index > 0 ? 2 : 1 : 0
        dense += (1 + ways) * geometry.multiplyAdds
        executed += Self.executed(geometry, pooled: convolution.pooled)
        let cells = (geometry.outputHeight / 2) * (geometry.outputWidth / 2)
        if convolution.pooled {
          executed += ways * cells * geometry.weightCount
        } else if training {
          executed += Self.executed(
            geometry, pooled: false, by: convolution.gradientAlgorithm)
          if index > 0 { executed += Self.executed(geometry.transposed, pooled: false) }
        }
      case .dense(let layer):
        add(layer.inputs * layer.outputs * (training ? index > 0 ? 3 : 2 : 1))
      default: break
      }
    }
    for head in plan.heads { add(head.inputs * head.outputs * (training ? 3 : 1)) }
    dense *= images
    executed *= images
  }

  /// Of one image on the way forward, or of its dense weight gradient.
  private static func executed(
    _ geometry: ConvolutionGeometry, pooled: Bool, by algorithm: Convolution.Algorithm? = nil
  ) -> Int {
    switch algorithm ?? geometry.algorithm {
    case .direct: return geometry.multiplyAdds
    case .winograd:
      let up = pooled ? 0 : 1
      let patches = ((geometry.outputHeight + up) / 2) * ((geometry.outputWidth + up) / 2)
      return patches * WinogradConvolution.places * geometry.channels * geometry.outputs
    }
  }

  private mutating func add(_ products: Int) {
    dense += products
    executed += products
  }
}
