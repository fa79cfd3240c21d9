import PlainText

extension Script {
  /// The raster pixel by pixel below the title, captions on top of it, in the upper left of its frame.
  mutating func draw(
    _ grid: ImageGrid, _ raster: Raster, _ pixelPath: String, on canvas: Canvas, in frame: Frame
  ) {
    let geometry = raster.geometry
    let (width, height) = (Double(canvas.width), Double(canvas.height))
    let bottom = max(0, height - Double(geometry.pictureSize.height))
    let top = bottom + Double(geometry.height)
    add("unset title")
    let texts = raster.captions.count + raster.names.count
    if let title = grid.title {
      let middle = top + Double(geometry.titleHeight - 17)
      let place = "at screen \(frame.x(0.5)),\(frame.y(middle / height)) center front "
      add("set label \(texts + 1) " + heading(title, at: place, on: canvas))
    }
    if let key = grid.key {
      let room = Canvas.columns(in: canvas.width, font: canvas.small)
      add(
        "set label \(texts + 2) \(text(key, within: room)) at screen "
          + "\(frame.x(0.5)),\(frame.y((top + 11) / height)) center front noenhanced "
          + "\(canvas.font(canvas.small)) \(Script.textColour)")
    }
    for (index, name) in raster.names.enumerated() {
      add(
        "set label \(raster.captions.count + index + 1) \(text(name.text)) at "
          + "\(name.left),\(name.middle) left front noenhanced \(canvas.font(canvas.small)) "
          + Script.textColour)
    }
    add("unset border")
    add("unset tics")
    add("unset grid")
    add("set lmargin at screen \(frame.x(0))")
    add("set rmargin at screen \(frame.x(Double(geometry.width) / width))")
    add("set bmargin at screen \(frame.y(bottom / height))")
    add("set tmargin at screen \(frame.y(top / height))")
    add("set xrange [0:\(geometry.width)]")
    add("set yrange [\(geometry.height):0]")
    for (index, caption) in raster.captions.enumerated() {
      add(
        "set label \(index + 1) \(text(caption.text)) at \(caption.x),\(caption.y) "
          + "center front noenhanced \(canvas.font(canvas.small)) "
          + "\(Script.textColour)")
    }
    add(
      "plot \(gnuplotText(pixelPath)) binary array=(\(geometry.width),\(geometry.height)) "
        + "format='%uchar' dx=1 dy=1 origin=(0.5,0.5) with rgbimage notitle")
  }
}
