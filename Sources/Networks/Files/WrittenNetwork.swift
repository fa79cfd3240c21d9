public import Tensors

/// What files of weights and ONNX models hold: one network, or several that stand side by side and
/// whose features one linear head reads together.
public struct WrittenNetwork: Sendable {
  package let name: String
  package let input: LayerShape
  /// By the names that PyTorch's modules would have, in the order of the file.
  package let tensors: [(name: String, tensor: Tensor)]
  package let graph: OperatorGraph
  package let heads: [Head]
  /// What makes the network again; nil for several, which no single network holds.
  let architecture: Architecture?

  public init(_ network: Network) {
    let architecture = network.architecture
    name = architecture.name
    input = architecture.input
    tensors = (architecture.parameters + architecture.statistics).map {
      ($0.name, network.tensor($0))
    }
    graph = OperatorGraph(architecture)
    heads = architecture.heads
    self.architecture = architecture
  }

  /// Networks as `backbones.0`, `backbones.1` …, without the heads of their own.
  ///
  /// - Parameters:
  ///   - weights: What reads their features, one network's behind the other's; [outputs, features].
  ///   - bias: [outputs]
  public init(joining networks: [Network], weights: Tensor, bias: Tensor) {
    let first = networks[0].architecture
    let head = Head(name: first.heads[0].name, outputs: bias.shape[0])
    name = first.name
    input = first.input
    let bodies = networks.enumerated().flatMap { position, network in
      let architecture = network.architecture
      let heads = Set(architecture.heads.flatMap { [$0.name + ".weight", $0.name + ".bias"] })
      return (architecture.parameters + architecture.statistics)
        .filter { !heads.contains($0.name) }
        .map { (name: "backbones.\(position).\($0.name)", tensor: network.tensor($0)) }
    }
    tensors = bodies + [(head.name + ".weight", weights), (head.name + ".bias", bias)]
    graph = OperatorGraph(joining: networks.map(\.architecture), as: "backbones", head: head)
    heads = [head]
    architecture = nil
  }
}
