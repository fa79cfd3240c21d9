/// The colours of road signs in neutral light.
enum Paint: Sendable {
  case red, white, black, blue, yellow, grey, green, orange, brown

  /// Red, green and blue in [0, 1].
  var colour: SIMD3<Float> {
    switch self {
    case .red: [0.78, 0.09, 0.11]
    case .white: [0.94, 0.94, 0.94]
    case .black: [0.06, 0.06, 0.07]
    case .blue: [0.03, 0.26, 0.70]
    case .yellow: [0.97, 0.76, 0.08]
    case .grey: [0.50, 0.51, 0.53]
    case .green: [0.04, 0.50, 0.26]
    case .orange: [0.95, 0.45, 0.05]
    case .brown: [0.42, 0.24, 0.12]
    }
  }
}

/// A road sign as painted shapes, the first at the bottom.
struct SignDrawing: Sendable {
  struct Layer: Sendable {
    var shape: Shape
    var paint: Paint
  }

  private(set) var layers: [Layer] = []

  func painted(_ paint: Paint, _ shapes: Shape...) -> SignDrawing {
    var drawing = self
    drawing.layers += shapes.map { Layer(shape: $0, paint: paint) }
    return drawing
  }

  func canvas(side: Int) -> Canvas {
    var canvas = Canvas(side: side)
    for layer in layers { canvas.fill(layer.shape, layer.paint) }
    return canvas
  }
}

/// Plates without pictograms.
extension SignDrawing {
  static let redRing = SignDrawing()
    .painted(.white, .disc(0, 0, 97)).painted(.red, .disc(0, 0, 94))
    .painted(.white, .disc(0, 0, 71))

  static let blueDisc = SignDrawing()
    .painted(.white, .disc(0, 0, 97)).painted(.blue, .disc(0, 0, 90))

  static let endDisc = SignDrawing()
    .painted(.black, .disc(0, 0, 97)).painted(.white, .disc(0, 0, 92))

  static let redTriangle = SignDrawing()
    .painted(.white, Shape.polygon(0, -80, 86, 70, -86, 70).rounded(10))
    .painted(.red, Shape.polygon(0, -80, 86, 70, -86, 70).rounded(7))
    .painted(.white, Shape.polygon(0, -50, 62, 59, -62, 59).rounded(3))

  /// The stripes from lower left to upper right that end a restriction.
  static let stripes: [Shape] = [-16, -8, 0, 8, 16].map { offset in
    Shape.rectangle(-89, offset - 2.2, 89, offset + 2.2).rotated(degrees: -45)
  }

  var striped: SignDrawing { Self.stripes.reduce(self) { $0.painted(.black, $1) } }
}
