/// A linear classifier on a network's features.
public struct Head: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// z = W·f + b
    case linear
    /// z = σ·cos(f, w) for every row w of W, σ learned (Hou et al. 2019): no class is larger than
    /// another by the length of its row.
    case cosine
  }

  public var name: String
  public var outputs: Int
  public var kind: Kind

  public init(name: String, outputs: Int, kind: Kind = .linear) {
    self.name = name
    self.outputs = outputs
    self.kind = kind
  }

  func addParameters(to list: inout ParameterList, features: Int) {
    let isLinear = kind == .linear
    list.append(
      name, [outputs, features], fanIn: features, fanOut: outputs, hasBias: isLinear)
    if !isLinear { list.append(name + ".sigma", [1], .sharpness) }
  }

  var module: Summary.Module {
    (kind: kind == .linear ? "Linear" : "CosineLinear", name: name, uses: 1)
  }

  func addNodes(to graph: inout OperatorGraph, features: String) {
    switch kind {
    case .linear:
      graph.node(
        "Gemm", [features] + OperatorGraph.numbers(of: name, hasBias: true),
        [.integer("transB", 1)], output: name)
    case .cosine:
      graph.last = name + ".weight"
      graph.normalize()
      let rows = graph.last
      graph.last = features
      graph.normalize()
      graph.node("Gemm", [graph.last, rows], [.integer("transB", 1)])
      graph.node("Mul", [graph.last, name + ".sigma"], output: name)
    }
  }
}
