import PlainText

/// A figure as a gnuplot script for one canvas, with the pixels that the script reads.
package struct Drawing {
  package let canvas: Canvas
  package let script: String
  /// [height, width, 3], to be written to the pixel path before the script runs; nil for all but
  /// images.
  package let pixels: [UInt8]?

  /// - Parameters:
  ///   - size: Without one, as large as the figure needs; of images, the box that they fit in.
  ///   - output, pixelPath: Paths as the script shall name them.
  /// - Throws: `nothingToDraw`, `sizeOutOfRange`.
  package init(
    _ figure: Figure, medium: Canvas.Medium, size: PictureSize? = nil, output: String,
    pixelPath: String
  ) throws(PlotError) {
    if figure.isEmpty { throw .nothingToDraw }
    // The fonts of an SVG are those of whoever looks at it.
    let figure = medium == .svg ? figure : figure.withFontsOnly().figure
    let raster: Raster?
    let natural: PictureSize
    switch figure {
    case .images(let grid):
      let made = try Raster(grid, within: size)
      raster = made
      natural = made.geometry.pictureSize
    case .bars(let chart): (raster, natural) = (nil, chart.naturalSize)
    case .lines(let chart): (raster, natural) = (nil, chart.naturalSize)
    case .heatMap(let map): (raster, natural) = (nil, map.naturalSize)
    }
    var chosen = raster == nil ? size ?? natural : natural
    if size == nil {
      let sides = PictureSize.sides
      chosen = PictureSize(
        width: min(sides.upperBound, chosen.width), height: min(sides.upperBound, chosen.height))
    }
    canvas = Canvas(medium, width: chosen.width, height: chosen.height)
    try canvas.check()

    var script = Script()
    canvas.opening(output: output).forEach { script.add($0) }
    script.decorate(title: figure.title, on: canvas)
    switch figure {
    case .images(let grid): if let raster { script.draw(grid, raster, pixelPath, on: canvas) }
    case .bars(let chart): script.draw(chart, on: canvas)
    case .lines(let chart): script.draw(chart, on: canvas)
    case .heatMap(let map): script.draw(map, on: canvas)
    }
    script.add("set output")
    self.script = script.text
    pixels = raster?.pixels
  }
}

extension Canvas {
  func check() throws(PlotError) {
    let allowed = PictureSize.sides
    guard allowed.contains(width), allowed.contains(height) else {
      throw .sizeOutOfRange(width: width, height: height, allowed: allowed)
    }
  }
}

extension Script {
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
