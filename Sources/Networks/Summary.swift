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
    let shapes = architecture.shapes
    for (position, layer) in architecture.layers.enumerated() {
      let input = position == 0 ? architecture.input : shapes[position - 1]
      switch (layer, input, shapes[position]) {
      case (
        .convolution(let name, let outputs, let kernel, _), .image(_, _, let channels),
        .image(let height, let width, _)
      ):
        let parameters = outputs * (channels * kernel * kernel + 1)
        rows.append(
          Row(
            kind: "Conv2d", name: name, outputShape: [batch, outputs, height, width],
            parameters: parameters, multiplyAdds: batch * height * width * parameters))
      case (.dense(let name, let outputs), _, _):
        rows.append(Self.linear(name, inputs: input.count, outputs: outputs, batch: batch))
      default: break
      }
    }
    for head in architecture.heads {
      rows.append(
        Self.linear(head.name, inputs: architecture.features, outputs: head.outputs, batch: batch))
    }
    inputBytes = 4 * batch * architecture.input.count
    passBytes = 8 * rows.reduce(0) { $0 + $1.outputShape.reduce(1, *) }
    parameterBytes = 4 * rows.reduce(0) { $0 + $1.parameters }
  }

  private static func linear(_ name: String, inputs: Int, outputs: Int, batch: Int) -> Row {
    let parameters = outputs * (inputs + 1)
    return Row(
      kind: "Linear", name: name, outputShape: [batch, outputs], parameters: parameters,
      multiplyAdds: batch * parameters)
  }
}
