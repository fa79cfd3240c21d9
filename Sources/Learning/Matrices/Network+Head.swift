import Networks
import Tensors

extension Network {
  /// The first head as a map of its own.
  var headMap: LinearMap {
    get {
      guard let (weight, bias) = headRanges else { return LinearMap(zeros: 0, inputs: 0) }
      return LinearMap(
        weights: Block(Array(weights.elements[weight])), bias: Block(Array(weights.elements[bias])))
    }
    set {
      guard let (weight, bias) = headRanges else { return }
      precondition(newValue.weights.count == weight.count && newValue.bias.count == bias.count)
      weights.elements.replaceSubrange(weight, with: newValue.weights.elements)
      weights.elements.replaceSubrange(bias, with: newValue.bias.elements)
    }
  }

  private var headRanges: (weight: Range<Int>, bias: Range<Int>)? {
    guard let head = architecture.heads.first else { return nil }
    let parameters = architecture.parameters
    guard let weight = parameters.first(where: { $0.name == head.name + ".weight" }),
      let bias = parameters.first(where: { $0.name == head.name + ".bias" })
    else { return nil }
    return (weight.range, bias.range)
  }

  /// Whether the network, which may come from a file, has the body of one that was checked, heads of
  /// its kind, and all its weights and running statistics.
  func isBody(like other: Network) -> Bool {
    architecture.hasBody(of: other.architecture)
      && architecture.heads.count == other.architecture.heads.count
      && architecture.heads.allSatisfy { (1...1 << 16).contains($0.outputs) }
      && architecture.heads.map(\.kind) == other.architecture.heads.map(\.kind)
      && weights.count == architecture.parameterCount
      && statistics.count == architecture.statisticsCount
  }
}
