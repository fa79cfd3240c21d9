extension Architecture {
  /// Whether an architecture that was decoded could also have been made: sizes so small that no
  /// product or sum of them overflows, and layers that fit together.
  public var isSound: Bool {
    guard layers.count <= 100, heads.count <= 100, !heads.isEmpty, hasPlausibleExtents else {
      return false
    }
    return (try? Architecture(name: name, input: input, layers: layers, heads: heads)) == self
  }

  private var hasPlausibleExtents: Bool {
    let sizes: [Int] =
      switch input {
      case .image(let height, let width, let channels): [height, width, channels]
      case .vector(let count): [count]
      }
    guard sizes.allSatisfy({ (1...1 << 12).contains($0) }),
      heads.allSatisfy({ (1...1 << 16).contains($0.outputs) })
    else { return false }
    let blocks = layers.map { layer -> [Layer] in
      if case .residual(let body) = layer { body } else { [layer] }
    }
    guard blocks.allSatisfy({ $0.count <= 100 }) else { return false }
    return blocks.joined().allSatisfy { layer in
      switch layer {
      case .convolution(_, let outputs, let kernel, let padding):
        (1...1 << 16).contains(outputs) && (1...1 << 8).contains(kernel)
          && (0..<kernel).contains(padding)
      case .dense(_, let outputs): (1...1 << 16).contains(outputs)
      case .scales(let side): (1...1 << 12).contains(side)
      case .activation, .maxPool, .flatten, .normalize, .batchNormalization, .globalAveragePool,
        .dropout, .residual:
        true
      }
    }
  }
}
