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
      guard case .layer(let layer) = placed.kind else { continue }
      if let row = Self.row(layer, placed, batch: batch) { rows.append(row) }
    }
    for head in architecture.heads {
      let isLinear = head.kind == .linear
      rows.append(
        Row(
          kind: isLinear ? "Linear" : "CosineLinear", name: head.name,
          outputShape: [batch, head.outputs],
          parameters: architecture.features * head.outputs + (isLinear ? head.outputs : 1),
          multiplyAdds: batch
            * (architecture.features * head.outputs + (isLinear ? head.outputs : 1))))
    }
    inputBytes = 4 * batch * architecture.input.count
    passBytes = 8 * rows.reduce(0) { $0 + $1.outputShape.reduce(1, *) }
    parameterBytes = 4 * rows.reduce(0) { $0 + $1.parameters }
  }

  /// Layers without parameters have no row.
  private static func row(_ layer: Layer, _ placed: PlacedLayer, batch: Int) -> Row? {
    switch (layer, placed.input, placed.output) {
    case (
      .convolution(let name, let outputs, let kernel, _), .image(_, _, let channels),
      .image(let height, let width, _)
    ):
      let parameters = outputs * (channels * kernel * kernel + (placed.hasBias ? 1 : 0))
      return Row(
        kind: "Conv2d", name: name, outputShape: [batch, outputs, height, width],
        parameters: parameters, multiplyAdds: batch * height * width * parameters)
    case (.dense(let name, let outputs), let input, _):
      let parameters = outputs * (input.count + (placed.hasBias ? 1 : 0))
      return Row(
        kind: "Linear", name: name, outputShape: [batch, outputs], parameters: parameters,
        multiplyAdds: batch * parameters)
    case (.batchNormalization(let name), .image(let height, let width, let channels), _):
      // torchinfo counts every parameter once an image, wherever it is used.
      return Row(
        kind: "BatchNorm2d", name: name, outputShape: [batch, channels, height, width],
        parameters: 2 * channels, multiplyAdds: batch * 2 * channels)
    case (.batchNormalization(let name), .vector(let count), _):
      return Row(
        kind: "BatchNorm1d", name: name, outputShape: [batch, count], parameters: 2 * count,
        multiplyAdds: batch * 2 * count)
    default: return nil
    }
  }
}
