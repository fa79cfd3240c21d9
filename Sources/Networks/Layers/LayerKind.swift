/// One kind of layer: its numbers, and everything that is to be known of it, in one file.
protocol LayerKind: Codable, Hashable, Sendable {
  /// What files call it.
  static var key: String { get }
  static var words: [LayerWord] { get }

  /// The shape that comes out for the shape that goes in.
  ///
  /// - Parameter position: What errors call the layer.
  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape
  /// Completes a layer that reads more than what comes in.
  func place(_ placed: inout PlacedLayer, after earlier: [PlacedLayer])
  /// Whether its numbers are so small that no product or sum of them overflows: a file may hold
  /// anything.
  var isPlausible: Bool { get }

  /// Adds what is learned, in the order of the network's block.
  func addParameters(to list: inout ParameterList, of placed: PlacedLayer)
  /// Adds what is measured in training, in the order of the network's statistics.
  func addStatistics(to list: inout ParameterList, of placed: PlacedLayer)
  /// Its row in a summary, if it has parameters.
  func module(_ placed: PlacedLayer) -> Summary.Module?

  /// The step that carries it out where no step before it can.
  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step
  /// Adds the nodes that do what it does at evaluation.
  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer)

  /// The layers of a residual block, which are placed one by one.
  var body: [Layer]? { get }
  var isPooling: Bool { get }
  var readsPoolings: Bool { get }
  /// Whether a bias right before it would be taken out again.
  var removesMean: Bool { get }
  /// Whether it hands on what it gets, but for training.
  var isIdentityAtEvaluation: Bool { get }
}

extension LayerKind {
  func place(_ placed: inout PlacedLayer, after earlier: [PlacedLayer]) {}
  var isPlausible: Bool { true }
  func addParameters(to list: inout ParameterList, of placed: PlacedLayer) {}
  func addStatistics(to list: inout ParameterList, of placed: PlacedLayer) {}
  func module(_ placed: PlacedLayer) -> Summary.Module? { nil }
  var body: [Layer]? { nil }
  var isPooling: Bool { false }
  var readsPoolings: Bool { false }
  var removesMean: Bool { false }
  var isIdentityAtEvaluation: Bool { false }
}

/// How `define model layers=[…]` names a kind of layer.
package struct LayerWord: Sendable {
  /// With its arguments, as help shows it: `conv(CHANNELS, SIZE)`.
  package let form: String
  package let summary: String
  /// How many arguments it takes.
  package let arguments: ClosedRange<Int>
  /// Whether the arguments are layers themselves.
  package let holdsLayers: Bool
  /// Makes the layer.
  package let layer:
    @Sendable (_ arguments: any LayerArguments, _ names: inout LayerNames) throws -> Layer

  init(
    _ form: String, _ summary: String, arguments: ClosedRange<Int> = 0...0,
    holdsLayers: Bool = false,
    layer:
      @escaping @Sendable (
        _ arguments: any LayerArguments, _ names: inout LayerNames
      ) throws -> Layer
  ) {
    self.form = form
    self.summary = summary
    self.arguments = arguments
    self.holdsLayers = holdsLayers
    self.layer = layer
  }

  /// Without its arguments.
  package var name: String { String(form.prefix { $0 != "(" }) }
}

/// What is typed behind a layer's word, in parentheses.
package protocol LayerArguments {
  var count: Int { get }
  /// - Throws: If the argument is something else.
  func integer(_ index: Int, in range: ClosedRange<Int>) throws -> Int
  /// The first argument, from 0 to below 1.
  ///
  /// - Throws: If it is something else.
  func fraction(default value: Float) throws -> Float
  func layers(_ names: inout LayerNames) throws -> [Layer]
}

/// Layers with weights are numbered: `conv1`, `bn1`, `conv2`.
package struct LayerNames {
  private var counts: [String: Int] = [:]

  package init() {}

  mutating func next(_ kind: String) -> String {
    counts[kind, default: 0] += 1
    return "\(kind)\(counts[kind] ?? 0)"
  }
}
