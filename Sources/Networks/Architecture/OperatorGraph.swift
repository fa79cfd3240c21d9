/// What a network computes at evaluation, in ONNX's operators of version 13.
///
/// Images and what comes out of convolutions are [N, channels, height, width].
package struct OperatorGraph: Sendable {
  package enum Attribute: Sendable {
    case real(String, Float)
    case integer(String, Int)
    case integers(String, [Int])
  }

  package struct Node: Sendable {
    package let kind: String
    package let name: String
    package let inputs: [String]
    package let output: String
    package let attributes: [Attribute]
  }

  /// Numbers besides the network's own.
  package enum Constant: Sendable {
    case floats(name: String, shape: [Int], [Float])
    case integers(name: String, [Int])
  }

  package private(set) var nodes: [Node] = []
  package private(set) var constants: [Constant] = []
  /// The name of what the last node gives.
  var last = "images"
  /// What the layers give, by position.
  private(set) var outputs: [(name: String, shape: LayerShape)] = []
  private var count = 0

  package init(_ architecture: Architecture) {
    self.init(layersOf: architecture)
    let features = last
    for head in architecture.heads { head.addNodes(to: &self, features: features) }
  }

  /// Networks side by side, each without its heads, whose features one head reads together.
  ///
  /// - Parameter prefix: Names of a network's own begin with it and the network's position.
  init(joining architectures: [Architecture], as prefix: String, head: Head) {
    var features: [String] = []
    for (position, architecture) in architectures.enumerated() {
      let body = OperatorGraph(layersOf: architecture).renamed("\(prefix).\(position).")
      nodes += body.nodes
      constants += body.constants
      features.append(body.last)
    }
    node("Concat", features, [.integer("axis", 1)])
    head.addNodes(to: &self, features: last)
  }

  /// A network up to its features.
  private init(layersOf architecture: Architecture) {
    var entrance = ""
    for placed in architecture.placed {
      switch placed.kind {
      case .layer(let layer): layer.addNodes(to: &self, of: placed)
      case .enter: entrance = last
      case .leave: node("Add", [entrance, last])
      }
      outputs.set((last, placed.output), at: placed.position)
    }
  }

  /// The same with every name but that of the images behind a prefix.
  private func renamed(_ prefix: String) -> OperatorGraph {
    func name(_ old: String) -> String { old == "images" ? old : prefix + old }
    var graph = self
    graph.nodes = nodes.map { node in
      Node(
        kind: node.kind, name: name(node.name), inputs: node.inputs.map(name),
        output: name(node.output), attributes: node.attributes)
    }
    graph.constants = constants.map { constant in
      switch constant {
      case .floats(let old, let shape, let elements):
        .floats(name: name(old), shape: shape, elements)
      case .integers(let old, let elements): .integers(name: name(old), elements)
      }
    }
    graph.last = name(last)
    return graph
  }

  /// - Parameter output: What to call what it gives, if not after the node.
  mutating func node(
    _ kind: String, _ inputs: [String], _ attributes: [Attribute] = [], output: String? = nil
  ) {
    count += 1
    let name = "\(kind.lowercased())_\(count)"
    last = output ?? name
    nodes.append(
      Node(kind: kind, name: name, inputs: inputs, output: last, attributes: attributes))
  }

  /// - Returns: The name under which nodes find the numbers.
  mutating func constant(_ shape: [Int], _ elements: [Float]) -> String {
    count += 1
    constants.append(.floats(name: "constant_\(count)", shape: shape, elements))
    return "constant_\(count)"
  }

  mutating func constant(_ elements: [Int]) -> String {
    count += 1
    constants.append(.integers(name: "constant_\(count)", elements))
    return "constant_\(count)"
  }

  mutating func flatten() { node("Flatten", [last], [.integer("axis", 1)]) }

  /// x / max(‖x‖, 10⁻¹²) row by row, as PyTorch's `normalize`.
  mutating func normalize() {
    let rows = last
    node("ReduceL2", [rows], [.integers("axes", [1]), .integer("keepdims", 1)])
    let floor = constant([1], [1e-12])
    node("Max", [last, floor])
    node("Div", [rows, last])
  }

  /// The names of a layer's weights and, if it has one, its bias.
  static func numbers(of name: String, hasBias: Bool) -> [String] {
    [name + ".weight"] + (hasBias ? [name + ".bias"] : [])
  }
}
