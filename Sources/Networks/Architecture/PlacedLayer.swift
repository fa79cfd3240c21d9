/// A layer where it stands: the bodies of residual blocks in line with the rest.
package struct PlacedLayer: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case layer(Layer)
    /// The beginning of a residual block.
    case enter
    /// Its end, where what went in is added.
    case leave
  }

  package let kind: Kind
  package let input: LayerShape
  package fileprivate(set) var output: LayerShape
  /// Of the layer, or of the block it is in, in the architecture's list.
  package let position: Int
  /// The poolings that a layer of scales reads besides what comes in, by position.
  package fileprivate(set) var sources: [Int] = []
  /// Whether a bias belongs to the layer: not before batch normalisation.
  package fileprivate(set) var hasBias = true

  /// - Throws: `ArchitectureError` if a layer does not fit the one before it.
  static func place(
    _ layers: [Layer], input: LayerShape
  ) throws(ArchitectureError) -> [PlacedLayer] {
    var placed: [PlacedLayer] = []
    for (position, layer) in layers.enumerated() {
      let input = placed.last?.output ?? input
      guard case .residual(let body) = layer else {
        try append(layer, before: layers[(position + 1)...].first, position, input, to: &placed)
        if case .scales(let side) = layer {
          let earlier = placed
          placed[placed.count - 1].gather(side, earlier)
        }
        continue
      }
      placed.append(PlacedLayer(kind: .enter, input: input, output: input, position: position))
      guard !body.isEmpty else { throw .notABlock(layer: position) }
      for (index, layer) in body.enumerated() {
        switch layer {
        case .residual, .scales: throw .notABlock(layer: position)
        default: break
        }
        let input = placed.last?.output ?? input
        try append(layer, before: body[(index + 1)...].first, position, input, to: &placed)
      }
      let output = placed.last?.output ?? input
      guard output == input else {
        throw .shapeChanges(layer: position, from: input, to: output)
      }
      placed.append(PlacedLayer(kind: .leave, input: input, output: input, position: position))
    }
    return placed
  }

  /// Adds the poolings before, but for one right before, to what a layer of scales reads.
  private mutating func gather(_ side: Int, _ placed: [PlacedLayer]) {
    var count = output.count
    for other in placed where other.kind == .layer(.maxPool) && other.position < position - 1 {
      sources.append(other.position)
      count += side * side * other.output.channels
    }
    output = .vector(count)
  }

  private static func append(
    _ layer: Layer, before next: Layer?, _ position: Int, _ input: LayerShape,
    to placed: inout [PlacedLayer]
  ) throws(ArchitectureError) {
    let isNormalized = if case .batchNormalization? = next { true } else { false }
    placed.append(
      PlacedLayer(
        kind: .layer(layer), input: input,
        output: try layer.output(of: input, position: position), position: position,
        hasBias: !isNormalized))
  }
}
