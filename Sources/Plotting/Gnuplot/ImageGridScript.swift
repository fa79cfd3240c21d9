import PlainText

extension Script {
  /// The raster pixel by pixel below the title, captions on top of it.
  mutating func draw(
    _ grid: ImageGrid, _ raster: Raster, _ pixelPath: String, on canvas: Canvas
  ) {
    add("unset title")
    if let title = grid.title {
      let middle = Double(raster.geometry.height) + Double(raster.geometry.titleHeight) / 2
      let place = "at screen 0.5,\(middle / Double(canvas.height)) center front "
      add(
        "set label \(raster.captions.count + 1) "
          + Script.heading(title, at: place, on: canvas))
    }
    add("unset border")
    add("unset tics")
    add("unset grid")
    add("set lmargin at screen 0")
    add("set rmargin at screen 1")
    add("set bmargin at screen 0")
    add("set tmargin at screen \(Double(raster.geometry.height) / Double(canvas.height))")
    add("set xrange [0:\(raster.geometry.width)]")
    add("set yrange [\(raster.geometry.height):0]")
    for (index, caption) in raster.captions.enumerated() {
      add(
        "set label \(index + 1) \(gnuplotText(caption.text)) at \(caption.x),\(caption.y) "
          + "center front noenhanced \(canvas.font(Canvas.small)) "
          + "\(Script.textColour)")
    }
    add(
      "plot \(gnuplotText(pixelPath)) binary array=(\(raster.geometry.width),\(raster.geometry.height)) "
        + "format='%uchar' dx=1 dy=1 origin=(0.5,0.5) with rgbimage notitle")
  }
}
