import Foundation
import Plotting
import System
import Testing

/// How large figures are, and what they are made for.
@Suite struct StyleTests {
  private func style(_ size: String, _ purpose: PictureStyle.Purpose? = nil) -> PictureStyle {
    var style = PictureStyle(purpose)
    if let sides = PictureStyle.sides(size) { (style.width, style.height) = sides }
    return style
  }

  private func script(
    _ figure: Figure, _ medium: Canvas.Medium, _ style: PictureStyle
  ) throws -> String {
    try Drawing(figure, medium: medium, style: style, output: "o", pixelPath: { _ in "p" }).script
  }

  @Test(
    arguments: [
      ("85mm", "85mm", nil), ("85x60mm", "85mm", "60mm"), ("8.5cm×2in", "8.5cm", "2in"),
      ("960x600", "960px", "600px"), ("960px", "960px", nil), ("960px600px", nil, nil),
      ("960pxx600px", "960px", "600px"), ("0mm", nil, nil), ("-5mm", nil, nil), ("85km", nil, nil),
      ("x", nil, nil), ("", nil, nil), ("1e5mm", nil, nil), ("85 mm", nil, nil),
    ] as [(String, String?, String?)])
  func sizesAreRead(text: String, width: String?, height: String?) {
    let sides = PictureStyle.sides(text)
    #expect(sides?.width.description == width)
    #expect(sides?.height?.description == height)
  }

  /// 85 mm are 3.3465 inches, and letters of 8 points; a style alone has this width too.
  @Test(arguments: [("85mm", nil), ("", .paper)] as [(String, PictureStyle.Purpose?)])
  func paperIsAColumnWide(size: String, purpose: PictureStyle.Purpose?) throws {
    let style = style(size, purpose)
    let pdf = try script(Samples.lines(title: "t"), .pdf, style)
    #expect(pdf.contains("size 3.34646in,"))
    #expect(pdf.contains("font 'Sans,8.00' linewidth 0.700"))
    #expect(!pdf.contains("set title"))
    let png = try script(Samples.lines(), .png, style)
    // 321 pixels of a 96th of an inch, 300 dots to the inch.
    #expect(png.contains("size 1003,") && png.contains("font 'Sans,25.00'"))
    var titled = style
    titled.keepsTitle = true
    #expect(try script(Samples.lines(title: "t"), .pdf, titled).contains("set title 't'"))
  }

  /// Two dots where other screens have one; a size in pixels is exact.
  @Test func picturesForScreensAreSharp() throws {
    let sharp = try script(Samples.lines(), .png, PictureStyle())
    #expect(sharp.contains("size 1920,1200 font 'Sans,19.50' linewidth 2.000 pointscale 2.000"))
    #expect(try script(Samples.lines(), .png, style("800x500")).contains("size 800,500 font"))
    var fine = style("800x500")
    fine.resolution = 192
    // The same dots, of which each letter has twice as many.
    let script = try script(Samples.lines(), .png, fine)
    #expect(script.contains("size 800,500 font 'Sans,19.50'"))
    #expect(try self.script(Samples.images(3), .png, PictureStyle()).contains("size 208,72"))
  }

  @Test func slidesHaveLargeLetters() throws {
    #expect(try script(Samples.lines(), .pdf, style("", .slides)).contains("size 10.0in,6.25in"))
    #expect(try script(Samples.lines(), .pdf, style("", .slides)).contains("font 'Sans,18.00'"))
  }

  @Test(arguments: Samples.all("a"))
  func everyFigureHasEachStyle(figure: Figure) throws {
    for style in [style("", .paper), style("", .slides), style("85x60mm"), style("300px")] {
      for medium in [Canvas.Medium.png, .pdf, .tex] {
        _ = try script(figure, medium, style)
      }
    }
  }

  @Test func whatIsTooLargeIsRefused() {
    var style = style("2000x2000mm")
    #expect(throws: PlotError.tooManyDots(width: 23621, height: 23621, limit: 16384)) {
      try script(Samples.lines(), .png, style)
    }
    style.width = PictureLength(5, .mm)
    #expect(throws: PlotError.self) { try script(Samples.lines(), .png, style) }
  }

  /// The signature, IHDR, and then how many dots a metre has: 300 to the inch.
  @Test(.needsGnuplot) func aPictureOfPixelsKnowsItsSize() throws {
    let folder = try ScratchFolder()
    try Gnuplot().write(Samples.lines(), to: folder.file("a.png"), style: style("85mm"))
    let png = try folder.bytes("a.png")
    #expect(Array(png[33..<41]) == [0, 0, 0, 9] + Array("pHYs".utf8))
    #expect(Array(png[41..<50]) == [0, 0, 46, 35, 0, 0, 46, 35, 1])
  }

  @Test(.needsGnuplot) func aVectorPictureNamesItsFontAndTitle() throws {
    let folder = try ScratchFolder()
    var style = style("85x60mm")
    style.keepsTitle = true
    try Gnuplot().write(
      Samples.lines(title: "<a>"), to: folder.file("a.svg"), style: style)
    let svg = try folder.text("a.svg")
    #expect(svg.contains("<title>&lt;a&gt;</title>") && !svg.contains("Gnuplot</title>"))
    #expect(svg.contains("font-family=\"DejaVu Sans, Verdana, Helvetica, sans-serif\""))
    #expect(svg.contains("width=\"85.00mm\" height=\"60.00mm\""))
    style.font = "Times New Roman"
    try Gnuplot().write(Samples.lines(), to: folder.file("b.svg"), style: style)
    #expect(try folder.text("b.svg").contains("\"Times New Roman, Times New Roman, serif\""))
  }
}
