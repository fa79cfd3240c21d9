/// How `define model layers=[…]` names a kind of layer.
package struct LayerWord: Sendable {
  package typealias Maker =
    @Sendable (_ arguments: any LayerArguments, _ names: inout LayerNames) throws -> Layer

  /// With its arguments, as help shows it: `conv(CHANNELS, SIZE)`.
  package let form: String
  package let summary: String
  /// How many arguments it takes.
  package let arguments: ClosedRange<Int>
  /// Whether the arguments are layers themselves.
  package let holdsLayers: Bool
  package let layer: Maker

  init(
    _ form: String, _ summary: String, arguments: ClosedRange<Int> = 0...0,
    holdsLayers: Bool = false, layer: @escaping Maker
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
