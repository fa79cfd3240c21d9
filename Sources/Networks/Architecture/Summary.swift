/// What a network costs, layer by layer, counted as torchinfo counts it.
public struct Summary: Codable, Hashable, Sendable {
  public struct Row: Codable, Hashable, Sendable {
    /// PyTorch's class, such as `Conv2d`.
    public var kind: String
    public var name: String
    /// With the batch first, channels before height and width.
    public var outputShape: [Int]
    public var parameters: Int
    /// For the whole batch; a bias counts as one addition per output value, activations as none.
    public var multiplyAdds: Int
  }

  /// What a layer with parameters is in PyTorch, and how often an image uses every parameter.
  typealias Module = (kind: String, name: String, uses: Int)

  public var network: String
  public var batch: Int
  public var rows: [Row]
  /// Bytes of one batch of input.
  public var inputBytes: Int
  /// Bytes of the outputs of the rows, twice: on the way forward and back.
  public var passBytes: Int
  public var parameterBytes: Int

  public var parameters: Int { rows.reduce(0) { $0 + $1.parameters } }
  public var multiplyAdds: Int { rows.reduce(0) { $0 + $1.multiplyAdds } }
  public var totalBytes: Int { inputBytes + passBytes + parameterBytes }

  /// - Parameter batch: Images a batch, at least 1.
  public init(_ architecture: Architecture, batch: Int) {
    func row(
      _ module: Module, _ output: LayerShape, _ addParameters: (inout ParameterList) -> Void
    ) -> Row {
      let shape =
        switch output {
        case .image(let height, let width, let channels): [batch, channels, height, width]
        case .vector(let count): [batch, count]
        }
      var list = ParameterList()
      addParameters(&list)
      return Row(
        kind: module.kind, name: module.name, outputShape: shape, parameters: list.end.weights,
        multiplyAdds: batch * module.uses * list.end.weights)
    }
    network = architecture.name
    self.batch = batch
    rows = architecture.placed.compactMap { placed in
      guard let layer = placed.layer, let module = layer.module(placed) else { return nil }
      return row(module, placed.output) { layer.addParameters(to: &$0, of: placed) }
    }
    let features = architecture.features
    rows += architecture.heads.map { head in
      row(head.module, .vector(head.outputs)) { head.addParameters(to: &$0, features: features) }
    }
    inputBytes = 4 * batch * architecture.input.count
    passBytes = 8 * rows.reduce(0) { $0 + $1.outputShape.reduce(1, *) }
    parameterBytes = 4 * rows.reduce(0) { $0 + $1.parameters }
  }
}
