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
    network = architecture.name
    self.batch = batch
    rows = []
    for placed in architecture.placed {
      guard let module = placed.layer?.module(placed) else { continue }
      var list = ParameterList()
      placed.layer?.addParameters(to: &list, of: placed)
      rows.append(module.row(placed.output, parameters: list.count, batch: batch))
    }
    let features = architecture.features
    for head in architecture.heads {
      let module = Module(
        kind: head.kind == .linear ? "Linear" : "CosineLinear", name: head.name, uses: 1)
      rows.append(
        module.row(
          .vector(head.outputs), parameters: head.parameterCount(features: features),
          batch: batch))
    }
    inputBytes = 4 * batch * architecture.input.count
    passBytes = 8 * rows.reduce(0) { $0 + $1.outputShape.reduce(1, *) }
    parameterBytes = 4 * rows.reduce(0) { $0 + $1.parameters }
  }
}

extension Summary {
  /// What a layer with parameters is in PyTorch.
  struct Module {
    /// PyTorch's class.
    let kind: String
    let name: String
    /// How often an image uses every parameter.
    let uses: Int

    func row(_ output: LayerShape, parameters: Int, batch: Int) -> Row {
      let shape =
        switch output {
        case .image(let height, let width, let channels): [batch, channels, height, width]
        case .vector(let count): [batch, count]
        }
      return Row(
        kind: kind, name: name, outputShape: shape, parameters: parameters,
        multiplyAdds: batch * uses * parameters)
    }
  }
}
