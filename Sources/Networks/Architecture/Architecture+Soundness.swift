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
    let blocks = layers.map { $0.kind.body ?? [$0] }
    guard blocks.allSatisfy({ $0.count <= 100 }) else { return false }
    return blocks.joined().allSatisfy { $0.kind.isPlausible }
  }
}
