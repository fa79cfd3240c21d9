public import Networks
public import Tensors

/// How far the weights of one layer of a network are from those of another network.
public struct WeightDrift: Hashable, Sendable {
  /// The layer's name.
  public let layer: String
  /// ‖after − before‖ / ‖before‖ over weights and biases; nil if there were only zeros.
  public let distance: Double?

  /// Layer by layer, the first head last: of that the outputs that both have.
  ///
  /// - Returns: nil if the networks have other layers.
  public static func layers(from before: Network, to after: Network) -> [WeightDrift]? {
    let (old, new) = (before.architecture, after.architecture)
    guard old.hasBody(of: new) else { return nil }
    var drifts = zip(old.learnedLayers, new.learnedLayers).map { old, new in
      WeightDrift(
        layer: old.name,
        distance: relativeDistance(
          from: Block(Array(before.weights.elements[old.range])),
          to: Block(Array(after.weights.elements[new.range]))))
    }
    if let head = old.heads.first, new.heads.first?.kind == head.kind,
      new.heads.first?.name == head.name
    {
      let outputs = min(head.outputs, new.outputs)
      drifts.append(
        WeightDrift(
          layer: head.name,
          distance: relativeDistance(
            from: before.head(head.name, outputs), to: after.head(head.name, outputs))))
    }
    return drifts
  }
}

extension Network {
  /// Weights and biases of a head's first outputs.
  fileprivate func head(_ name: String, _ outputs: Int) -> Block {
    let parameters = architecture.parameters.filter { $0.name.hasPrefix(name + ".") }
    return Block(
      parameters.flatMap { parameter in
        // What belongs to no output, as a cosine head's σ, is whole.
        let rows = parameter.shape[0] == architecture.outputs ? outputs : parameter.shape[0]
        let width = parameter.range.count / max(1, parameter.shape[0])
        return Array(weights.elements[parameter.range].prefix(rows * width))
      })
  }
}

/// How far weights have moved, as a share of how large they were: ‖after − before‖ / ‖before‖.
///
/// - Returns: nil where `before` is all zeros, or the numbers are not finite.
public func relativeDistance(from before: Block, to after: Block) -> Double? {
  precondition(before.count == after.count, "\(before.count) weights and \(after.count)")
  var (moved, size) = (0.0, 0.0)
  for (old, new) in zip(before.elements, after.elements) {
    let change = Double(new) - Double(old)
    moved += change * change
    size += Double(old) * Double(old)
  }
  let distance = (moved / size).squareRoot()
  return distance.isFinite ? distance : nil
}
