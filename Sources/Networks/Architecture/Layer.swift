import Tensors

/// One stage of a network's body: a description; its numbers lie in the network's block.
///
/// Each kind stands in a file of its own; functions such as `.maxPool` make them.
public struct Layer: Sendable {
  let kind: any LayerKind

  init(_ kind: any LayerKind) { self.kind = kind }

  /// The layer as its kind describes it, such as a `ConvolutionLayer`.
  package var details: any Sendable { kind }
}

extension Layer: Hashable {
  public static func == (a: Layer, b: Layer) -> Bool { AnyHashable(a.kind) == AnyHashable(b.kind) }

  public func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(kind)) }
}

/// One kind of layer: its numbers, and what it means for the network's shape and description.
protocol LayerKind: Codable, Hashable, Sendable {
  /// What files call it.
  static var key: String { get }
  static var words: [LayerWord] { get }

  /// The shape that comes out for the shape that goes in; errors call the layer `position`.
  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape
  /// Completes a layer that reads more than what comes in.
  func place(_ placed: inout PlacedLayer, after earlier: [PlacedLayer])
  /// Whether its numbers are so small that no product or sum of them overflows: a file may hold
  /// anything.
  var isPlausible: Bool { get }

  func addParameters(to list: inout ParameterList, of placed: PlacedLayer)
  /// Its row in a summary, if it has parameters.
  func module(_ placed: PlacedLayer) -> Summary.Module?
  /// Adds the nodes that do what it does at evaluation.
  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer)

  /// The layers of a residual block, which are placed one by one.
  var body: [Layer]? { get }
  var isPooling: Bool { get }
  /// The function of every value, if that is all that the layer is.
  var pointwise: Activation? { get }
  var readsPoolings: Bool { get }
  /// Whether a bias right before it would be taken out again.
  var removesMean: Bool { get }
  /// Whether it hands on what it gets, but for training.
  var isIdentityAtEvaluation: Bool { get }
  /// What it is among the layers whose maps can be looked at.
  var mapRole: MapRole { get }
}

extension LayerKind {
  func output(of input: LayerShape, at position: Int) throws(ArchitectureError) -> LayerShape {
    input
  }
  func place(_ placed: inout PlacedLayer, after earlier: [PlacedLayer]) {}
  var isPlausible: Bool { true }
  func addParameters(to list: inout ParameterList, of placed: PlacedLayer) {}
  func module(_ placed: PlacedLayer) -> Summary.Module? { nil }
  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {}
  var body: [Layer]? { nil }
  var isPooling: Bool { false }
  var pointwise: Activation? { nil }
  var readsPoolings: Bool { false }
  var removesMean: Bool { false }
  var isIdentityAtEvaluation: Bool { false }
  var mapRole: MapRole { .none }
}
