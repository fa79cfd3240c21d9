import PlainText

/// A figure as a gnuplot script for one canvas, with the pixels that the script reads.
package struct Drawing {
  package let canvas: Canvas
  package private(set) var script = ""
  /// What each pixel file, by its path, holds before the script runs: [height, width, 3]; none but for
  /// images.
  package private(set) var pixels: [(path: String, bytes: [UInt8])] = []

  /// - Parameters:
  ///   - size: Without one, as large as the figure needs; of images, the box that they fit in.
  ///   - output: A path as the script shall name it.
  ///   - pixelPath: The path of the n-th pixel file, from 0.
  /// - Throws: `nothingToDraw`, `sizeOutOfRange`.
  package init(
    _ figure: Figure, medium: Canvas.Medium, size: PictureSize? = nil, output: String,
    pixelPath: (Int) -> String
  ) throws(PlotError) {
    if figure.isEmpty { throw .nothingToDraw }
    // The fonts of an SVG are those of whoever looks at it.
    let figure = medium == .svg ? figure : figure.withFontsOnly().figure
    canvas = try Canvas(medium, for: figure, size)
    try canvas.check()

    var script = Script()
    canvas.opening(output: output).forEach { script.add($0) }
    try draw(figure, into: &script, on: canvas, in: .whole, box: size, pixelPath)
    script.add("set output")
    self.script = script.text
  }

  private mutating func draw(
    _ figure: Figure, into script: inout Script, on canvas: Canvas, in frame: Frame,
    box: PictureSize?, _ pixelPath: (Int) -> String
  ) throws(PlotError) {
    if case .panels(let panels) = figure {
      try draw(panels, into: &script, on: canvas, pixelPath)
      return
    }
    script.decorate(title: figure.title, on: canvas)
    switch figure {
    case .images(let grid):
      let raster = try Raster(grid, within: box)
      let path = pixelPath(pixels.count)
      pixels.append((path, raster.pixels))
      script.draw(grid, raster, path, on: canvas, in: frame)
    case .bars(let chart): script.draw(chart, on: canvas)
    case .lines(let chart): script.draw(chart, on: canvas)
    case .heatMap(let map): script.draw(map, on: canvas)
    case .panels: break
    }
  }

  /// Each panel as a picture of its own, on its part of the canvas.
  private mutating func draw(
    _ panels: Panels, into script: inout Script, on canvas: Canvas, _ pixelPath: (Int) -> String
  ) throws(PlotError) {
    script.openPanels(title: panels.title, on: canvas)
    let whole = PictureSize(width: canvas.width, height: canvas.height)
    for place in panels.places(in: whole) where !place.figure.isEmpty {
      let frame = Frame(place, of: canvas)
      script.add("reset")
      script.add("set size \(frame.width),\(frame.height)")
      script.add("set origin \(frame.left),\(frame.bottom)")
      let part = Canvas(canvas.medium, width: place.width, height: place.height)
      let box = PictureSize(width: place.width, height: place.height)
      try draw(place.figure, into: &script, on: part, in: frame, box: box, pixelPath)
    }
    script.add("unset multiplot")
  }
}

/// A part of a picture, in gnuplot's screen coordinates: 0 … 1 from the left and from below.
struct Frame {
  var left = 0.0
  var bottom = 0.0
  var width = 1.0
  var height = 1.0

  static let whole = Frame()

  /// A place in the picture for one in the frame.
  func x(_ share: Double) -> Double { left + share * width }
  func y(_ share: Double) -> Double { bottom + share * height }
}

extension Frame {
  init(_ place: Panels.Place, of canvas: Canvas) {
    let (wide, high) = (Double(canvas.width), Double(canvas.height))
    self.init(
      left: Double(place.left) / wide, bottom: 1 - Double(place.top + place.height) / high,
      width: Double(place.width) / wide, height: Double(place.height) / high)
  }
}

extension Canvas {
  /// - Parameter size: What was asked for.
  fileprivate init(
    _ medium: Medium, for figure: Figure, _ size: PictureSize?
  ) throws(PlotError) {
    let chosen: PictureSize
    if case .images(let grid) = figure {
      chosen = try GridGeometry(grid, within: size).pictureSize
    } else if let size {
      chosen = size
    } else {
      let (natural, largest) = (try figure.naturalSize, PictureSize.sides.upperBound)
      chosen = PictureSize(width: min(largest, natural.width), height: min(largest, natural.height))
    }
    self.init(medium, width: chosen.width, height: chosen.height)
  }

  func check() throws(PlotError) {
    let allowed = PictureSize.sides
    guard allowed.contains(width), allowed.contains(height) else {
      throw .sizeOutOfRange(width: width, height: height, allowed: allowed)
    }
  }
}

extension Script {
  mutating func openPanels(title: String?, on canvas: Canvas) {
    guard let title else { return add("set multiplot") }
    let room = Canvas.columns(in: canvas.width, font: Canvas.heading)
    add(
      "set multiplot title \(gnuplotText(title.withoutControls.fitted(to: room))) noenhanced "
        + "\(canvas.font(Canvas.heading))")
  }

  /// What all figures have in common: title, frame, ticks, grid.
  mutating func decorate(title: String?, on canvas: Canvas) {
    add("unset key")
    add("set format '%g'")
    if let title {
      let room = Canvas.columns(in: canvas.width, font: Canvas.heading)
      add(
        "set title \(gnuplotText(title.withoutControls.fitted(to: room))) noenhanced "
          + "\(canvas.font(Canvas.heading)) textcolor \(Script.colour(.text))")
    }
    add("set border 3 linecolor \(Script.colour(.axis))")
    add("set tics nomirror out textcolor \(Script.colour(.text))")
    add("set grid linetype 1 linewidth 1 linecolor \(Script.colour(.grid))")
  }

  mutating func label(axis: String, _ text: String, on canvas: Canvas, offset: String = "0,0") {
    if !text.isEmpty {
      add(
        "set \(axis)label \(gnuplotText(text)) offset \(offset) noenhanced "
          + "textcolor \(Script.colour(.text))")
    }
  }
}
