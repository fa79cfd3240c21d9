import CommandLanguage
import Networks
import Tensors

/// A network's layers as they are typed.
struct LayerList {
  static let signatures = [
    CallSignature("conv(CHANNELS, SIZE)", arguments: 2...3, "Convolution; a third number pads."),
    CallSignature("bn", arguments: 0...0, "Batch normalisation."),
    CallSignature("lrelu", arguments: 0...1, "Leaky ReLU; slope 0.01 or as given."),
    CallSignature("relu", arguments: 0...0, "ReLU."),
    CallSignature("pool", arguments: 0...1, "Max-pooling 2×2."),
    CallSignature("gap", arguments: 0...0, "Global average pooling: image to vector of channels."),
    CallSignature(
      "scales(SIDE)", arguments: 1...1,
      "What comes in and every pooling before, averaged to SIDE×SIDE: a vector."),
    CallSignature("flatten", arguments: 0...0, "Image to vector."),
    CallSignature("dense(OUTPUTS)", arguments: 1...1, "Linear layer."),
    CallSignature("dropout(RATE)", arguments: 1...1, "Zeroes a share of the values in training."),
    CallSignature("normalize", arguments: 0...0, "Features to length 1."),
    CallSignature(
      "residual(LAYER, …)", arguments: 1...20, holdsCalls: true,
      "Adds what goes in to what comes out."
    ),
  ]

  private let calls: [Call]

  init(_ calls: [Call]) { self.calls = calls }

  func architecture(named name: String, input: LayerShape, outputs: Int) throws -> Architecture {
    var names = LayerNames()
    let layers = try calls.map { try layer($0, &names) }
    do throws(ArchitectureError) {
      return try Architecture(
        name: name, input: input, layers: layers, heads: [Head(name: "fc", outputs: outputs)])
    } catch {
      throw Failure(error.message(layers: calls.map(\.name)), parameter: "layers")
    }
  }

  /// Layers with weights are numbered: `conv1`, `bn1`, `conv2`.
  private struct LayerNames {
    private var counts: [String: Int] = [:]

    mutating func next(_ kind: String) -> String {
      counts[kind, default: 0] += 1
      return "\(kind)\(counts[kind] ?? 0)"
    }
  }

  private func layer(_ call: Call, _ names: inout LayerNames) throws -> Layer {
    switch call.name {
    case "conv": return try convolution(call, name: names.next("conv"))
    case "dense":
      return .dense(name: names.next("fc"), outputs: try integer(call, 0, in: 1...100_000))
    case "bn": return .batchNormalization(name: names.next("bn"))
    case "relu": return .activation(.relu)
    case "lrelu": return .activation(.leakyRelu(slope: try fraction(call, standard: 0.01)))
    case "pool":
      if !call.arguments.isEmpty { _ = try integer(call, 0, in: 2...2) }
      return .maxPool
    case "scales": return .scales(side: try integer(call, 0, in: 1...256))
    case "gap": return .globalAveragePool
    case "dropout": return .dropout(rate: try fraction(call, standard: 0))
    case "flatten": return .flatten
    case "residual":
      return .residual(try call.arguments.compactMap { Call($0) }.map { try layer($0, &names) })
    case "normalize": return .normalize
    // Only words that have a signature above come here.
    default: preconditionFailure("no layer is made of '\(call.name)'")
    }
  }

  private func convolution(_ call: Call, name: String) throws -> Layer {
    let kernel = try integer(call, 1, in: 1...31)
    let padding = call.arguments.count > 2 ? try integer(call, 2, in: 0...30) : kernel / 2
    return .convolution(
      name: name, outputs: try integer(call, 0, in: 1...4096), kernel: kernel, padding: padding)
  }

  /// From 0 to below 1.
  private func fraction(_ call: Call, standard: Float) throws -> Float {
    guard let operand = call.arguments.first else { return standard }
    switch operand.value {
    case .real(let number) where (0..<1).contains(number): return Float(number)
    case .percentage(let number) where (0..<100).contains(number): return Float(number / 100)
    case .integer(0): return 0
    default:
      throw Failure(
        "\(call.name) takes a number from 0 to below 1, not '\(operand.spelling)'",
        parameter: "layers")
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
