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
    let (natural, sides) = (try figure.naturalSize(within: size), PictureSize.sides)
    let fitted = PictureSize(
      width: min(sides.upperBound, natural.width), height: min(sides.upperBound, natural.height))
    let chosen = if case .images = figure { natural } else { size ?? fitted }
    guard sides.contains(chosen.width), sides.contains(chosen.height) else {
      throw .sizeOutOfRange(width: chosen.width, height: chosen.height, allowed: sides)
    }
    canvas = Canvas(medium, width: chosen.width, height: chosen.height)

    var script = Script()
    canvas.opening(output: output).forEach { script.add($0) }
    script.decorate(title: figure.title, on: canvas)
    var pixels: [UInt8]?
    switch figure {
    case .images(let grid):
      let raster = try Raster(grid, within: size)
      script.draw(grid, raster, pixelPath, on: canvas)
      pixels = raster.pixels
    case .bars(let chart): script.draw(chart, on: canvas)
    case .lines(let chart): script.draw(chart, on: canvas)
    case .heatMap(let map): script.draw(map, on: canvas)
    }
    script.add("set output")
    self.script = script.text
    self.pixels = pixels
  }
}

extension Figure {
  /// As large as the figure needs; of images, what they fill of a box.
  func naturalSize(within box: PictureSize? = nil) throws(PlotError) -> PictureSize {
    switch self {
    case .images(let grid): try GridGeometry(grid, within: box).pictureSize
    case .bars(let chart): chart.naturalSize
    case .lines(let chart): chart.naturalSize
    case .heatMap(let map): map.naturalSize
    }
  }
}
