import PlainText

/// What gnuplot does not write into PNG files.
enum PNGFile {
  /// With the size on paper (the `pHYs` chunk, in dots to the metre), ahead of the pixels.
  static func with(dotsPerInch: Double, _ file: [UInt8]) -> [UInt8] {
    // The signature and the first chunk, IHDR, have a fixed length.
    let start = 8 + 25
    guard file.count > start, Array(file[12..<16]) == Array("IHDR".utf8) else { return file }
    let dots = bytes(UInt32((dotsPerInch / 0.0254).rounded()))
    let content = Array("pHYs".utf8) + dots + dots + [1]
    let chunk = bytes(9) + content + bytes(checksum(content))
    return Array(file[..<start]) + chunk + Array(file[start...])
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// CRC-32 of ISO 3309, as the PNG specification has it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    return ~value
  }
}

/// What gnuplot does not write into SVG files.
enum SVGFile {
  /// With the figure's title, fonts that stand in where the one asked for is missing, and the size on
  /// paper.
  static func finished(_ bytes: [UInt8], of figure: Figure, on canvas: Canvas) -> [UInt8] {
    let title = (figure.title ?? "").withoutControls.escapedForMarkup
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing("<title>Gnuplot</title>", with: "<title>\(title)</title>")
      .replacing(
        "font-family=\"\(canvas.family)\"", with: "font-family=\"\(fonts(canvas.family))\""
      )
      // Enlarged images keep their pixels: they are what a network sees.
      .replacing("<image ", with: "<image style='image-rendering:pixelated' ")
    guard let paper = canvas.paper else { return Array(text.utf8) }
    let size = "width=\"\(canvas.width)\" height=\"\(canvas.height)\""
    return Array(
      text.replacing(
        size, with: "width=\"\(paper[0])mm\" height=\"\(paper[1])mm\"", maxReplacements: 1
      ).utf8)
  }

  private static func fonts(_ family: String) -> String {
    let serifs = ["times", "serif", "roman", "garamond", "palatino", "georgia"]
    let name = family.lowercased()
    let isSerif = !name.contains("sans") && serifs.contains { name.contains($0) }
    return isSerif
      ? "\(family), Times New Roman, serif" : "\(family), Verdana, Helvetica, sans-serif"
  }
}
