import PlainText

/// One `tikzpicture`, of just the size that was asked for.
struct TikzPicture {
  private(set) var lines: [String] = []
  let look: Look
  let width: Double
  let height: Double
  var options: [String] = []
  var body: [String] = []
  private var colours: [String] = []

  init(_ figure: Figure, width: Int, height: Int, _ look: Look) {
    self.look = look
    (self.width, self.height) = (Double(width), Double(height))
    var margin = Margin(look, hasTitle: figure.title != nil)
    switch figure {
    case .lines(let chart): draw(chart, &margin)
    case .bars(let chart): draw(chart, &margin)
    case .heatMap(let map): draw(map, &margin)
    case .points(let scatter): draw(scatter, &margin)
    case .images, .panels: break
    }
    if let title = figure.title {
      options.append("title={\(title.asTeX)}")
      options.append("title style={font=\(font(look.heading)), yshift=-0.6ex}")
    }
    let size = (points(Double(width)), points(Double(height)))
    lines =
      ["\\begin{tikzpicture}[font=\(font(look.body))]"] + colours
      + ["\\useasboundingbox (0,0) rectangle (\(size.0),\(size.1));", "\\begin{axis}["]
      + ([
        "at={(\(points(margin.left)),\(points(margin.bottom)))}, anchor=south west,",
        "scale only axis, width=\(points(max(20, self.width - margin.left - margin.right))), "
          + "height=\(points(max(20, self.height - margin.top - margin.bottom))),",
        "axis lines*=left, axis line style={gray}, tick style={gray}, tick align=outside,",
        "tick label style={font=\(font(look.body))}, label style={font=\(font(look.body))},",
      ] + options.map { $0 + "," }).map { "  " + $0 }
      + ["]"] + body + ["\\end{axis}", "\\end{tikzpicture}%"]
  }

  /// Around the axes, in pixels.
  struct Margin {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    init(_ look: Look, hasTitle: Bool) {
      left = 5 * look.body
      right = look.body
      top = (hasTitle ? 2.2 : 1) * look.heading
      bottom = 3.4 * look.body
    }
  }

  func points(_ pixels: Double) -> String { fixed(pixels / 96 * 72.27, 2) + "pt" }

  func font(_ pixels: Double) -> String {
    let size = pixels * 0.75
    return "\\fontsize{\(fixed(size, 1))}{\(fixed(size * 1.2, 1))}\\selectfont"
  }

  func number(_ value: Double) -> String { value.isFinite ? value.plainText : "nan" }

  mutating func define(_ colour: Colour, _ name: String, of text: String) -> String {
    colours.append("\\definecolor{\(name)}{HTML}{\(colour.hex.dropFirst())}% \(comment(text))")
    return name
  }

  func comment(_ text: String) -> String { text.withoutControls }

  func longest(_ names: [String], limit: Int = 28) -> Double {
    Double(min(limit, names.map { displayWidth($0.withoutControls) }.max() ?? 0)) * 0.52
      * look.body
  }

  /// Rows of numbers, each ended so that they may stand in a macro's argument.
  func table(_ head: String, columns: String, _ rows: [[Double]]) -> [String] {
    ["  table[\(head), row sep=\\\\] {", "    \(columns) \\\\"]
      + rows.map { "    " + $0.map(number).joined(separator: " ") + " \\\\" } + ["  };"]
  }

  static let dashes = ["solid", "densely dashed", "densely dotted", "dashdotted", "dashed"]
  /// In the order of gnuplot's marks (`Palette.markers`).
  static let marks = [
    "*", "square*", "triangle*", "diamond*", "triangle*, mark options={rotate=180}", "pentagon*",
    "o", "square", "triangle", "diamond", "triangle, mark options={rotate=180}", "pentagon",
  ]

  mutating func axes(
    x: ClosedRange<Double>?, y: ClosedRange<Double>?, _ xLabel: String, _ yLabel: String
  ) {
    if let x { options.append("xmin=\(number(x.lowerBound)), xmax=\(number(x.upperBound))") }
    if let y { options.append("ymin=\(number(y.lowerBound)), ymax=\(number(y.upperBound))") }
    if !xLabel.isEmpty { options.append("xlabel={\(xLabel.asTeX)}") }
    if !yLabel.isEmpty { options.append("ylabel={\(yLabel.asTeX)}") }
  }

  mutating func legend(isBelow: Bool, columns: Int) {
    let looks =
      "draw=none, fill=none, cells={anchor=west}, legend columns=\(columns), "
      + "font=\(font(look.body)), inner sep=0pt"
    options.append(
      isBelow
        ? "legend style={at={(current bounding box.south)}, anchor=north, \(looks)}"
        : "legend style={at={(1.02,1)}, anchor=north west, \(looks)}")
  }
}
