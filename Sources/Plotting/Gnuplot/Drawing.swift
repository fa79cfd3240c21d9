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
    _ figure: Figure, medium: Canvas.Medium, size: PictureSize? = nil,
    style: PictureStyle? = nil, output: String, pixelPath: (Int) -> String
  ) throws(PlotError) {
    if figure.isEmpty { throw .nothingToDraw }
    // The fonts of an SVG are those of whoever looks at it, and those of LaTeX its own.
    var figure = [.svg, .tex].contains(medium) ? figure : figure.withFontsOnly().figure
    if let style { figure = style.arranged(figure) }
    var size = size
    if size == nil, let style { size = try style.size(of: figure) }
    let look = style?.look ?? .screen
    let (natural, sides) = (try figure.naturalSize(within: size, look), PictureSize.sides)
    let fitted = PictureSize(
      width: min(sides.upperBound, natural.width), height: min(sides.upperBound, natural.height))
    let chosen = if case .images = figure { natural } else { size ?? fitted }
    guard sides.contains(chosen.width), sides.contains(chosen.height) else {
      throw .sizeOutOfRange(width: chosen.width, height: chosen.height, allowed: sides)
    }
    let density = medium == .png ? style?.density(of: figure) ?? 1 : 1
    let limit = Double(PictureSize.dots)
    guard Double(max(chosen.width, chosen.height)) * density <= limit else {
      throw .tooManyDots(
        width: Int(Double(chosen.width) * density), height: Int(Double(chosen.height) * density),
        limit: PictureSize.dots)
    }
    canvas = Canvas(medium, width: chosen.width, height: chosen.height, style, density: density)

    var script = Script()
    script.isTeX = medium == .tex
    canvas.opening(output: output).forEach { script.add($0) }
    try draw(figure, into: &script, on: canvas, in: Frame(), box: size, pixelPath)
    script.add("set output")
    self.script = script.text
  }

  private mutating func draw(
    _ figure: Figure, into script: inout Script, on canvas: Canvas, in frame: Frame,
    box: PictureSize?, _ pixelPath: (Int) -> String
  ) throws(PlotError) {
    if case .panels(let panels) = figure {
      return try draw(panels, into: &script, on: canvas, pixelPath)
    }
    script.decorate(title: figure.title, on: canvas)
    switch figure {
    case .images(let grid):
      let raster = try Raster(grid, within: box, canvas.look)
      let path = pixelPath(pixels.count)
      pixels.append((path, raster.pixels))
      script.draw(grid, raster, path, on: canvas, in: frame)
    case .bars(let chart): script.draw(chart, on: canvas)
    case .lines(let chart): script.draw(chart, on: canvas)
    case .heatMap(let map): script.draw(map, on: canvas)
    case .points(let scatter): script.draw(scatter, on: canvas, in: frame)
    case .panels: break
    }
  }

  /// Each panel as a picture of its own, on its part of the canvas.
  private mutating func draw(
    _ panels: Panels, into script: inout Script, on canvas: Canvas, _ pixelPath: (Int) -> String
  ) throws(PlotError) {
    let title = panels.title.map { " title " + script.heading($0, on: canvas) } ?? ""
    script.add("set multiplot\(title)")
    let whole = PictureSize(width: canvas.width, height: canvas.height)
    for place in panels.places(in: whole, canvas.look) where !place.figure.isEmpty {
      let frame = Frame(place, of: canvas)
      script.add("reset")
      script.add("set size \(frame.width),\(frame.height)")
      script.add("set origin \(frame.left),\(frame.bottom)")
      let box = PictureSize(width: place.width, height: place.height)
      let part = canvas.part(width: box.width, height: box.height)
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

extension Figure {
  /// As large as the figure needs; of images, what they fill of a box.
  func naturalSize(
    within box: PictureSize? = nil, _ look: Look = .screen
  ) throws(PlotError) -> PictureSize {
    switch self {
    case .images(let grid): try GridGeometry(grid, within: box, look).pictureSize
    case .bars(let chart): chart.naturalSize
    case .lines(let chart): chart.naturalSize
    case .heatMap(let map): map.naturalSize
    case .points(let scatter): scatter.naturalSize
    case .panels(let panels): panels.naturalSize
    }
  }
}
