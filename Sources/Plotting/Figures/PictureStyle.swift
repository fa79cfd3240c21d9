import PlainText

/// How large a figure is, and how its letters and lines look.
public struct PictureStyle: Hashable, Sendable {
  /// What a figure is made for.
  public enum Purpose: String, CaseIterable, Codable, Sendable {
    case screen
    case paper
    case slides
  }

  public var purpose: Purpose?
  public var width: PictureLength?
  public var height: PictureLength?
  /// The name of a family; that of the purpose if nil.
  public var font: String?
  /// Dots to the inch, of pictures of pixels.
  public var resolution: Int?
  public var tex: TeXForm?
  /// Whether a `.tex` file is a document of its own rather than a part of one.
  public var isStandalone = false

  /// Whether somebody asked for the title, so that it stands on paper too.
  public var keepsTitle = false

  public init(_ purpose: Purpose? = nil) { self.purpose = purpose }

  /// Dots to the inch that a style's resolution may have.
  public static let resolutions = 30...1200

  /// A figure whose size is told in units of paper is made for paper.
  public var look: Look {
    switch purpose ?? (sides.contains(where: \.isOfPaper) ? .paper : .screen) {
    case .screen: .screen
    case .paper: .paper
    case .slides: .slides
    }
  }

  public var isForPaper: Bool { look == .paper }

  private var sides: [PictureLength] { [width, height].compactMap(\.self) }

  /// Dots to a 96th of an inch in a picture of pixels. A size in pixels is meant to the pixel; else
  /// there are enough for screens that have two where others have one.
  func density(of figure: Figure) -> Double {
    let isExact = resolution == nil && !sides.isEmpty && !sides.contains(where: \.isOfPaper)
    let dots = Double(resolution ?? (isExact ? 96 : look.resolution)) / 96
    // An image's pixel is a square of whole pixels.
    return figure.hasImages && look == .screen && resolution == nil
      ? 1 : figure.hasImages ? max(1, dots.rounded(.down)) : dots
  }

  /// The figure as this style shows it: on paper without a title, which a caption stands for, and with
  /// panels below each other where side by side they would have no room for their letters.
  func arranged(_ figure: Figure) -> Figure {
    let kept = look.hasTitle || keepsTitle ? figure : figure.withoutTitle()
    guard isForPaper, !kept.hasImages, case .panels(let panels) = kept,
      let wide = width.map(pixels) ?? look.width
    else { return kept }
    return .panels(panels.stacked(within: wide, least: 18 * look.body))
  }

  /// In 96ths of an inch.
  private func pixels(_ length: PictureLength) -> Double {
    let dots = sides.contains(where: \.isOfPaper) ? 1 : Double(resolution ?? 96) / 96
    return length.isOfPaper ? length.pixels : length.pixels / dots
  }

  /// In 96ths of an inch; nil for what the figure needs on a screen.
  func size(of figure: Figure) throws(PlotError) -> PictureSize? {
    let look = look
    if look == .screen, sides.isEmpty { return nil }
    let ownSize = try figure.naturalSize()
    if case .images = figure {
      let limit = Double(PictureSize.sides.upperBound)
      return try PictureSize(
        checking: width.map(pixels) ?? (height == nil ? look.width ?? limit : limit),
        height.map(pixels) ?? limit)
    }
    let own = (width: Double(ownSize.width), height: Double(ownSize.height))
    let wide = width.map(pixels) ?? look.width ?? own.width
    if let height { return try PictureSize(checking: wide, pixels(height)) }
    let letters = look.body / Look.screen.body
    let high =
      switch figure {
      // As many rows as there are labels need what their letters do.
      case .bars: own.height * letters
      case .heatMap: own.height * min(letters, wide / own.width)
      case .panels where look == .paper && !figure.hasImages:
        own.height * max(wide / own.width, 0.6)
      default: own.height * wide / own.width * (look == .paper ? 1.08 : 1)
      }
    if case .heatMap = figure, width == nil {
      return try PictureSize(
        checking: max(64, min(wide, own.width * letters)), max(64, high))
    }
    let legend = if case .lines(let chart) = figure { chart.legendHeight(wide, look) } else { 0.0 }
    let least = Double(PictureSize.sides.lowerBound)
    return try PictureSize(checking: wide, max(least, high + legend))
  }
}

/// The sizes of letters and lines, in 96ths of an inch.
public struct Look: Hashable, Sendable {
  public let body: Double
  public let heading: Double
  public let small: Double
  public let tiny: Double
  /// By what lines are thicker than on a screen, and points larger.
  let lines: Double
  let points: Double
  /// Of a figure that nothing is said of; nil for what it needs.
  let width: Double?
  /// Whether a figure has its title where nobody asked for one: on paper a caption stands below it.
  public let hasTitle: Bool
  /// Dots to the inch.
  let resolution: Int

  static let screen = Look(
    body: 13, heading: 16, small: 11, tiny: 9, lines: 1, points: 1, width: nil, hasTitle: true,
    resolution: 192)
  /// Letters of 8, 9, 7 and 6 points in a column of 85 mm.
  static let paper = Look(
    body: 8 * point, heading: 9 * point, small: 7 * point, tiny: 6 * point, lines: 0.7,
    points: 0.65, width: 85 / 25.4 * 96, hasTitle: false, resolution: 300)
  /// Letters of 18 points on slides of 10 inches.
  static let slides = Look(
    body: 18 * point, heading: 22 * point, small: 15 * point, tiny: 12 * point, lines: 1.7,
    points: 1.7, width: 960, hasTitle: true, resolution: 192)

  private static let point = 96.0 / 72
}

/// The code that a `.tex` file has.
public enum TeXForm: String, CaseIterable, Sendable {
  /// pgfplots: the data stand in the file, and everything can be changed there.
  case tikz
  /// Drawn by gnuplot into a PDF file beside it, with LaTeX's letters.
  case cairolatex
}

extension PictureSize {
  /// - Throws: `sizeOutOfRange`.
  init(checking width: Double, _ height: Double) throws(PlotError) {
    let (wide, high) = (width.rounded(), height.rounded())
    let limit = Double(Int32.max)
    self.init(width: Int(min(wide, limit)), height: Int(min(high, limit)))
    guard Self.sides.contains(self.width), Self.sides.contains(self.height) else {
      throw .sizeOutOfRange(width: self.width, height: self.height, allowed: Self.sides)
    }
  }
}

extension Figure {
  /// Whether it consists of images or has some among its panels.
  var hasImages: Bool {
    switch self {
    case .images: true
    case .panels(let panels): panels.rows.joined().contains { $0.figure.hasImages }
    case .bars, .lines, .heatMap, .points: false
    }
  }
}
