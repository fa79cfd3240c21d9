import CommandLanguage
import Datasets
import Networks
import Randomness
import Sessions
import Tensors

extension Command<ShellContext> {
  static var defineModel: ShellCommand {
    let preset = Parameter.optionalPositional(
      "network",
      .choice([
        .init("simplecnn", "three convolutions, leaky ReLU"),
        .init("simplecnn2", "two convolutions and a hidden layer, ReLU"),
        .init("dercnn", "two heads on normalised features, for der-cnn"),
      ]), "One of the notebook's networks.")
    let layers = Parameter.optional(
      "layers", .calls(LayerList.signatures), "Your own network, layer by layer.")
    let outputs = Parameter.option(
      "outputs", .integer(1...10_000), default: 10, "Classes of the head to begin with.",
      searchWords: ["num_classes", "n_out"])
    let size = Parameter.option(
      "size", .integer(8...256), default: 32, "Height and width of the images.")
    let channels = Parameter.option(
      "channels", .integer(1...4), default: 3, "1 for grayscale images.", searchWords: ["n_in"])
    let drawn = Parameter.optional(
      "init",
      .choice([
        .init("xavier", "Glorot's uniform weights, biases 0"),
        .init("pytorch", "what PyTorch's layers start with"),
      ]), "How weights are drawn: xavier, but pytorch for dercnn, as in the notebook.")
    let seed = Parameter.optional("seed", .seed, "Which weights; else the session's.")
    return ShellCommand(
      "define model", "Makes a network with fresh weights.", category: .models,
      searchWords: ["model", "Sequential"],
      parameters: [preset, layers, outputs, size, channels, drawn, seed], result: .network,
      examples: [
        Example("define model simplecnn as net", "The notebook's first network."),
        Example(
          "define model layers=[conv(32,5), lrelu, pool, flatten, dense(128), relu] as mine",
          "Your own; a linear head is added behind."),
      ],
      seeAlso: ["summary", "pretrain", "run"]
    ) { context, arguments in
      let input = LayerShape.image(
        height: arguments[size], width: arguments[size], channels: arguments[channels])
      let architecture: Architecture
      switch (arguments[preset], arguments[layers]) {
      case (let name?, nil):
        guard
          let known = try Architecture.preset(name, input: input, outputs: arguments[outputs])
        else { throw arguments.failure(at: preset, "there is no network '\(name)'") }
        architecture = known
      case (nil, let calls?):
        architecture = try LayerList(calls).architecture(
          named: arguments.resultName ?? "model", input: input, outputs: arguments[outputs])
      default:
        throw Failure(
          "'define model' takes the name of a network or layers=[…]", help: "help define model")
      }
      let standard = arguments[preset] == "dercnn" ? "pytorch" : "xavier"
      let seed = arguments[seed] ?? UInt64(bitPattern: Int64(context.session.settings.seed))
      let network = Network(
        architecture,
        initialization: Initialization(rawValue: arguments[drawn] ?? standard) ?? .xavier,
        random: RandomStream(seed: seed).stream("weights"))
      let name = arguments.resultName ?? "net"
      context.session.set(name, to: .network(network))
      return CommandOutput(context.described(name), record: context.record(of: name))
    }
  }
}

/// A network's layers as they are typed.
struct LayerList {
  static let signatures = [
    CallSignature("conv(CHANNELS, SIZE)", arguments: 2...3, "Convolution; a third number pads."),
    CallSignature("lrelu", arguments: 0...1, "Leaky ReLU; slope 0.01 or as given."),
    CallSignature("relu", arguments: 0...0, "ReLU."),
    CallSignature("pool", arguments: 0...1, "Max-pooling 2×2."),
    CallSignature("flatten", arguments: 0...0, "Image to vector."),
    CallSignature("dense(OUTPUTS)", arguments: 1...1, "Linear layer."),
    CallSignature("normalize", arguments: 0...0, "Features to length 1."),
  ]

  private let calls: [Call]

  init(_ calls: [Call]) { self.calls = calls }

  func architecture(named name: String, input: LayerShape, outputs: Int) throws -> Architecture {
    var layers: [Layer] = []
    var (convolutions, dense) = (0, 0)
    for call in calls {
      switch call.name {
      case "conv":
        convolutions += 1
        layers.append(try convolution(call, name: "conv\(convolutions)"))
      case "dense":
        dense += 1
        layers.append(
          .dense(name: "fc\(dense)", outputs: try integer(call, 0, in: 1...100_000)))
      case "relu": layers.append(.activation(.relu))
      case "lrelu": layers.append(.activation(.leakyRelu(slope: try slope(call))))
      case "pool":
        if !call.arguments.isEmpty { _ = try integer(call, 0, in: 2...2) }
        layers.append(.maxPool)
      case "flatten": layers.append(.flatten)
      default: layers.append(.normalize)
      }
    }
    do throws(ArchitectureError) {
      return try Architecture(
        name: name, input: input, layers: layers, heads: [Head(name: "fc", outputs: outputs)])
    } catch {
      throw Failure(error.message(layers: calls.map(\.name)), parameter: "layers")
    }
  }

  private func convolution(_ call: Call, name: String) throws -> Layer {
    let kernel = try integer(call, 1, in: 1...31)
    let padding = call.arguments.count > 2 ? try integer(call, 2, in: 0...30) : kernel / 2
    return .convolution(
      name: name, outputs: try integer(call, 0, in: 1...4096), kernel: kernel, padding: padding)
  }

  private func slope(_ call: Call) throws -> Float {
    guard let operand = call.arguments.first else { return 0.01 }
    switch operand.value {
    case .real(let slope) where (0..<1).contains(slope): return Float(slope)
    case .integer(0): return 0
    default:
      throw Failure(
        "lrelu takes a slope from 0 to below 1, not '\(operand.spelling)'", parameter: "layers")
    }
  }

  private func integer(_ call: Call, _ index: Int, in range: ClosedRange<Int>) throws -> Int {
    guard let integers = call.integers, range.contains(integers[index]) else {
      throw Failure(
        "\(call.name) takes whole numbers from \(range.lowerBound) to \(range.upperBound), not "
          + "'\(call.arguments[index].spelling)'", parameter: "layers")
    }
    return integers[index]
  }
}
