public import Networks
public import Tensors

/// How much what networks make of the same images differs, layer by layer and pair by pair.
public struct Drift: Sendable {
  /// What is compared.
  public struct Layer: Hashable, Sendable {
    public let name: String
    /// Linear CKA of each network with each, [n][n]; nil where the features of one never vary.
    public var similarities: [[Double?]] = []
    /// From each network to each, ‖after − before‖ / ‖before‖, [n][n]; empty where weights cannot be
    /// compared.
    public var distances: [[Double?]] = []
  }

  /// From the first to the last; the features, which have no weights, and the head, which has no
  /// output of its own among them.
  public private(set) var layers: [Layer] = []

  /// Nothing compared yet.
  public init() {}

  /// Compares what comes out of a layer.
  ///
  /// - Parameters:
  ///   - outputs: Of each network, [N, F]; F may differ.
  public mutating func add(_ name: String, outputs: [Tensor], on pool: ThreadPool) {
    let centered = outputs.map { CenteredFeatures($0, on: pool) }
    var similarities = outputs.map { _ in [Double?](repeating: nil, count: outputs.count) }
    for row in outputs.indices {
      for column in row..<outputs.count {
        let similarity = centered[row].alignment(with: centered[column], on: pool)
        similarities[row][column] = similarity
        similarities[column][row] = similarity
      }
    }
    layers.append(Layer(name: name, similarities: similarities))
  }

  /// Compares weights, if the networks have the same layers: those of a layer that is there already
  /// under its name, or as another one.
  ///
  /// - Returns: Whether they have.
  @discardableResult
  public mutating func addWeights(of networks: [Network]) -> Bool {
    var all: [String: [[Double?]]] = [:]
    var names: [String] = []
    for (row, before) in networks.enumerated() {
      for (column, after) in networks.enumerated() {
        guard let drifts = WeightDrift.layers(from: before, to: after) else { return false }
        names = drifts.map(\.layer)
        for drift in drifts {
          all[
            drift.layer,
            default: networks.map { _ in [Double?](repeating: nil, count: networks.count) }
          ][row][column] = drift.distance
        }
      }
    }
    for name in names {
      if let known = layers.firstIndex(where: { $0.name == name }) {
        layers[known].distances = all[name] ?? []
      } else {
        layers.append(Layer(name: name, distances: all[name] ?? []))
      }
    }
    return true
  }
}
