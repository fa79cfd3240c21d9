import CommandLanguage
import PlainText
import Plotting

/// How pictures look: the options of all commands that draw, declared once. A command has those that
/// mean something for its kind of figure; what it draws is dressed when it is delivered.
enum PlotAppearance {
  static let title = Parameter.optional(
    "title", .text, "The title of the picture; \"\" for none.", searchWords: ["suptitle"])
  static let size = Parameter.optional(
    "size", .sides, "Width, or width and height: 85mm, 85x60mm, 960x600px.",
    searchWords: ["figsize"])
  static let width = Parameter.optional("width", .length, "Width: 85mm, 3.5in or 960px.")
  static let height = Parameter.optional("height", .length, "Height: 60mm, 2in or 600px.")
  static let style = Parameter.optional(
    "style", .choice(of: PictureStyle.Purpose.self, \.summary),
    "What it is made for (default: screen, or paper where the size is in mm, cm, in or pt).")
  static let font = Parameter.optional(
    "font", .font, "The family of letters: \"Helvetica\" or \"Times New Roman\".")
  static let resolution = Parameter.optional(
    "dpi", .integer(PictureStyle.resolutions),
    "Dots to the inch of a PNG (default: 192, on paper 300; 96 where the size is in pixels).")
  static let tex = Parameter.optional(
    "tex", .choice(of: TeXForm.self, \.summary),
    "The code of a .tex file (default: tikz, of images cairolatex).")
  static let standalone = Parameter.option(
    "standalone", .flag, default: false,
    "Whether a .tex file is a document of its own, rather than for \\input.")

  static let xLimits = Parameter.optional(
    "xlim", .limits, "What the x axis shows: 0..50, 20.., [0.5, 2] or auto.",
    searchWords: ["x_range"])
  static let yLimits = Parameter.optional(
    "ylim", .limits, "What the y axis shows: 60..100, 60.., [0.5, 2] or auto, which fits.",
    searchWords: ["y_range"])
  static let xLabel = Parameter.optional("xlabel", .text, "What stands at the x axis.")
  static let yLabel = Parameter.optional("ylabel", .text, "What stands at the y axis.")
  static let legend = Parameter.optional(
    "legend", .choice(of: LegendPlace.self, \.summary),
    "Where names stand (default: auto).")
  static let labels = Parameter.optional(
    "labels", .list(of: .text),
    "Names in the legend, in the order of what is drawn: [ours, \"LwF\"].")
  static let colours = Parameter.optional(
    "colors", .list(of: .colour),
    "In the order of what is drawn: [blue, vermilion, \"#009E73\"]; names are "
      + Colour.names.joined(separator: ", ") + ".", searchWords: ["palette", "cmap"])
  static let errors = Parameter.optional(
    "error", .choice(of: ErrorForm.self, \.summary),
    "How the spread over seeds is drawn (default: band).", searchWords: ["errorbar"])

  /// What a command draws.
  enum Kind {
    case curves
    case curvesOfSeeds
    case bars
    case cells
    case points
    case panels
    /// With or without charts beside them.
    case images
  }

  static func options(of kind: Kind) -> [any AnyParameter] {
    let axes: [any AnyParameter] = [xLabel, yLabel, xLimits, yLimits]
    let names: [any AnyParameter] = [legend, labels, colours]
    let own: [any AnyParameter] =
      switch kind {
      case .curves: axes + names
      case .curvesOfSeeds: axes + names + [errors]
      case .bars: [xLabel, xLimits] + names
      case .cells: [xLabel, yLabel]
      case .points: axes + names
      case .panels: [xLimits, legend]
      case .images: []
      }
    return [title] + own + [size, width, height, style, font, resolution, tex, standalone]
  }

  /// What these options do, for those who read a command's help.
  static let discussion = """
    'size=85mm > figure.pdf' draws for a column of that width, with letters of 8 points and no title: \
    a caption stands below it. 'style=slides' has large letters. A run has the same color and mark in \
    all pictures of a session. '> figure.tex' writes LaTeX code.
    """
}

// MARK: Kinds of values

extension ValueKind where Value == PictureLength {
  static var length: ValueKind<PictureLength> {
    form("a length such as 85mm, 3.5in or 960px", "LENGTH") { PictureLength($0.spelling) }
  }
}

/// Width, and height if it is told.
struct PictureSides: Sendable {
  var width: PictureLength
  var height: PictureLength?
}

extension ValueKind where Value == PictureSides {
  static var sides: ValueKind<PictureSides> {
    form("a size such as 85mm, 85x60mm or 960x600px", "SIZE") { operand in
      PictureStyle.sides(operand.spelling).map { PictureSides(width: $0.width, height: $0.height) }
    }
  }
}

extension ValueKind where Value == String {
  /// gnuplot and SVG take a family's name as it is: only letters, digits, blanks and hyphens.
  fileprivate static var font: ValueKind<String> {
    form("the name of a font: letters, digits, blanks and hyphens", "FONT") { operand in
      let name = operand.spelling
      let isPlain = name.allSatisfy {
        $0.isLetter || $0.isASCII && $0.isNumber || " -".contains($0)
      }
      return isPlain && name.first?.isLetter == true && name.utf8.count <= 80 ? name : nil
    }
  }
}

extension ValueKind where Value == Colour {
  fileprivate static var colour: ValueKind<Colour> {
    form("a color such as blue or \"#0072B2\"", "COLOR", words: Colour.names) {
      Colour($0.spelling)
    }
  }
}

extension ValueKind where Value == AxisRange {
  fileprivate static var limits: ValueKind<AxisRange> {
    form("a range such as 60..100, 60.., [0.5, 2] or auto", "X..Y|[X, Y]|auto", words: ["auto"]) {
      operand in
      if operand.spelling == "auto" { return .fitting }
      if case .list(let ends) = operand.value {
        let numbers = ends.compactMap { Double($0.spelling) }.filter(\.isFinite)
        guard ends.count == 2, numbers.count == 2, numbers[0] < numbers[1] else { return nil }
        return .between(numbers[0], numbers[1])
      }
      guard let dots = operand.spelling.firstRange(of: "..") else { return nil }
      let ends = [
        operand.spelling[..<dots.lowerBound], operand.spelling[dots.upperBound...],
      ]
      let numbers = ends.map { Double($0) }
      guard zip(ends, numbers).allSatisfy({ $0.isEmpty || $1?.isFinite == true }),
        !ends.allSatisfy(\.isEmpty)
      else { return nil }
      if let lower = numbers[0], let upper = numbers[1], lower >= upper { return nil }
      return .between(numbers[0], numbers[1])
    }
  }
}

// MARK: Words

extension PictureStyle.Purpose {
  var summary: String {
    switch self {
    case .screen: "960 pixels wide"
    case .paper: "85 mm wide, letters of 8 points, no title unless it is given"
    case .slides: "10 inches wide, large letters, thick lines"
    }
  }
}

extension TeXForm {
  fileprivate var summary: String {
    switch self {
    case .tikz: "pgfplots, with the numbers in the file"
    case .cairolatex: "gnuplot's lines in a PDF beside it, under LaTeX's letters"
    }
  }
}

extension LegendPlace {
  fileprivate var summary: String {
    switch self {
    case .auto: "at up to four curves, else beside or below"
    case .direct: "at the curves' ends"
    case .right, .below: ""
    case .off: "nowhere"
    }
  }
}

extension ErrorForm {
  fileprivate var summary: String {
    switch self {
    case .band: "a pale band"
    case .bars: "bars, side by side"
    case .none: "not at all"
    }
  }
}
