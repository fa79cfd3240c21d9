import Tensors

/// A layer where it stands: the bodies of residual blocks in line with the rest.
struct PlacedLayer: Sendable {
  enum Kind: Sendable {
    case layer(any LayerKind)
    /// The beginning of a residual block.
    case enter
    /// Its end, where what went in is added.
    case leave
  }

  let kind: Kind
  let input: LayerShape
  var output: LayerShape
  /// Of the layer, or of the block it is in, in the architecture's list.
  let position: Int
  /// The poolings that a layer of scales reads besides what comes in, by position.
  var sources: [Int] = []
  /// Whether a bias belongs to the layer: not before batch normalization.
  var hasBias = true
  /// Where its own numbers begin.
  var start = ParameterList.Place()

  /// nil at the ends of a residual block.
  var layer: (any LayerKind)? { if case .layer(let layer) = kind { layer } else { nil } }
  var isPooling: Bool { layer?.isPooling ?? false }
  var activation: Activation? { layer?.pointwise }

  /// - Parameter list: The layers' numbers are added to it.
  /// - Throws: `ArchitectureError` if a layer does not fit the one before it.
  static func place(
    _ layers: [Layer], input: LayerShape, list: inout ParameterList
  ) throws(ArchitectureError) -> [PlacedLayer] {
    var placed: [PlacedLayer] = []
    for (position, layer) in layers.enumerated() {
      let input = placed.last?.output ?? input
      guard let body = layer.kind.body else {
        let next = layers[(position + 1)...].first
        try append(layer, before: next, position, input, to: &placed, &list)
        continue
      }
      placed.append(PlacedLayer(kind: .enter, input: input, output: input, position: position))
      guard !body.isEmpty else { throw .notABlock(layer: position) }
      for (index, layer) in body.enumerated() {
        guard layer.kind.body == nil, !layer.kind.readsPoolings else {
          throw .notABlock(layer: position)
        }
        let (input, next) = (placed.last?.output ?? input, body[(index + 1)...].first)
        try append(layer, before: next, position, input, to: &placed, &list)
      }
      let output = placed.last?.output ?? input
      guard output == input else {
        throw .shapeChanges(layer: position, from: input, to: output)
      }
      placed.append(PlacedLayer(kind: .leave, input: input, output: input, position: position))
    }
    return placed
  }

  private static func append(
    _ layer: Layer, before next: Layer?, _ position: Int, _ input: LayerShape,
    to placed: inout [PlacedLayer], _ list: inout ParameterList
  ) throws(ArchitectureError) {
    var new = PlacedLayer(
      kind: .layer(layer.kind), input: input,
      output: try layer.kind.output(of: input, at: position), position: position,
      hasBias: !(next?.kind.removesMean ?? false), start: list.end)
    layer.kind.place(&new, after: placed)
    layer.kind.addParameters(to: &list, of: new)
    placed.append(new)
  }
}

extension Array {
  /// Replaces the element, or appends it as the last.
  mutating func set(_ element: Element, at position: Int) {
    if position < count { self[position] = element } else { append(element) }
  }
}
