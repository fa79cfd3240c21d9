import CommandLanguage
import Networks

/// A network's layers as they are typed.
struct LayerList {
  static let signatures = Layer.words.map {
    CallSignature($0.form, arguments: $0.arguments, holdsCalls: $0.holdsLayers, $0.summary)
  }

  private let calls: [Call]

  init(_ calls: [Call]) { self.calls = calls }

  func architecture(named name: String, input: LayerShape, outputs: Int) throws -> Architecture {
    var names = LayerNames()
    let layers = try calls.map { try $0.layer(&names) }
    do throws(ArchitectureError) {
      return try Architecture(
        name: name, input: input, layers: layers, heads: [Head(name: "fc", outputs: outputs)])
    } catch {
      throw NetworkProblem.layers(error, names: calls.map(\.name))
    }
  }
}

extension Call {
  fileprivate func layer(_ names: inout LayerNames) throws -> Layer {
    guard let word = Layer.words.first(where: { $0.name == name }) else {
      preconditionFailure("'\(name)' has no signature")
    }
    return try word.layer(TypedArguments(call: self), &names)
  }
}

private struct TypedArguments: LayerArguments {
  let call: Call

  var count: Int { call.arguments.count }

  func integer(_ index: Int, in range: ClosedRange<Int>) throws -> Int {
    guard let integers = call.integers, range.contains(integers[index]) else {
      throw NetworkProblem.wholeNumber(
        layer: call.name, range: range, found: call.arguments[index].spelling)
    }
    return integers[index]
  }

  func fraction(default value: Float) throws -> Float {
    guard let operand = call.arguments.first else { return value }
    switch operand.value {
    case .real(let number) where (0..<1).contains(number): return Float(number)
    case .percentage(let number) where (0..<100).contains(number): return Float(number / 100)
    case .integer(0): return 0
    default: throw NetworkProblem.share(layer: call.name, found: operand.spelling)
    }
  }

  func layers(_ names: inout LayerNames) throws -> [Layer] {
    try call.arguments.compactMap { Call($0) }.map { try $0.layer(&names) }
  }
}
