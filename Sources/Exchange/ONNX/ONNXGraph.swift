import Networks
import Tensors

extension ONNXModelProto {
  /// - Parameter program: The name and version of what writes it.
  init(_ network: Network, program: String) {
    self.init()
    irVersion = 8
    let words = program.split(separator: " ", maxSplits: 1).map(String.init)
    producerName = words.first ?? program
    producerVersion = words.count > 1 ? words[1] : ""
    docString = "images: float32 [N, channels, height, width], normalized as in training"
    var operators = ONNXOperatorSetIdProto()
    operators.version = 13
    opsetImport = [operators]
    graph = ONNXGraphProto(network)
  }
}

extension ONNXGraphProto {
  init(_ network: Network) {
    self.init()
    let architecture = network.architecture
    let operators = OperatorGraph(architecture)
    name = architecture.name
    input = [.floats("images", ["N"] + Self.extents(architecture.input))]
    node = operators.nodes.map(ONNXNodeProto.init)
    let parameters = architecture.parameters + architecture.statistics
    initializer = parameters.map { parameter -> ONNXTensorProto in
      let tensor = network.tensor(parameter)
      return .floats(parameter.name, tensor.shape, tensor.elements)
    }
    initializer += operators.constants.map { constant -> ONNXTensorProto in
      switch constant {
      case .floats(let name, let shape, let elements): .floats(name, shape, elements)
      case .integers(let name, let elements): .integers(name, elements)
      }
    }
    output = architecture.heads.map { .floats($0.name, ["N", "\($0.outputs)"]) }
  }

  private static func extents(_ shape: LayerShape) -> [String] {
    switch shape {
    case .image(let height, let width, let channels): ["\(channels)", "\(height)", "\(width)"]
    case .vector(let count): ["\(count)"]
    }
  }
}

extension ONNXNodeProto {
  init(_ node: OperatorGraph.Node) {
    self.init()
    opType = node.kind
    name = node.name
    input = node.inputs
    output = [node.output]
    attribute = node.attributes.map { attribute -> ONNXAttributeProto in
      switch attribute {
      case .real(let name, let value): .real(name, value)
      case .integer(let name, let value): .integer(name, value)
      case .integers(let name, let values): .integers(name, values)
      }
    }
  }
}
