import Foundation
import Plotting
import System
import Testing

/// LaTeX code.
@Suite struct TikzTests {
  private func code(_ figure: Figure, _ style: PictureStyle = PictureStyle(.paper)) throws -> String
  {
    let folder = try ScratchFolder()
    // It needs no gnuplot.
    let gnuplot = Gnuplot(environment: ["PATH": ""], isAllowed: false)
    #expect(try gnuplot.write(figure, to: folder.file("a.tex"), style: style).count == 1)
    return try folder.text("a.tex")
  }

  @Test func curvesAreTablesOfNumbers() throws {
    let code = try code(Samples.lines("fine_tune 50%"))
    for part in [
      "\\begin{axis}[", "xlabel={fine\\_tune 50\\%}", "ymin=0, ymax=100",
      "\\definecolor{curve1}{HTML}{0072B2}", "8 96 0 \\\\", "16 45.5 0 \\\\", "\\end{tikzpicture}",
      "{fine\\_tune 50\\%};",
    ] {
      #expect(code.contains(part), "\(part) in \(code)")
    }
    // 85 mm are 241.85 of TeX's points.
    #expect(code.contains("rectangle (241.65pt,"))
    #expect(!code.contains("documentclass"))
  }

  @Test func aDocumentOfItsOwn() throws {
    var style = PictureStyle(.paper)
    style.isStandalone = true
    let code = try code(Samples.bars(), style)
    #expect(code.contains("\\documentclass{article}") && code.hasSuffix("\\end{document}\n"))
  }

  /// Names from files become no commands.
  @Test func textIsEscaped() throws {
    let text = "\\input{x}%\n$^_&~#"
    for figure in [
      Samples.bars(text, title: text), Samples.lines(text, title: text), Samples.heatMap(text),
      Samples.points(text),
    ] {
      let code = try code(figure)
      let lines = code.split(separator: "\n").filter { !$0.hasPrefix("\\definecolor") }
      #expect(!lines.contains { $0.contains("\\input") })
    }
  }

  @Test(.needsGnuplot) func imagesAreDrawnByGnuplot() throws {
    let folder = try ScratchFolder()
    let written = try Gnuplot().write(
      Samples.images(2, caption: "50 %"), to: folder.file("a.tex"), style: PictureStyle(.paper))
    #expect(written == [folder.file("a.tex"), folder.file("a-lines.pdf")])
    let code = try folder.text("a.tex")
    #expect(code.contains("{a-lines}") && code.contains("50 \\%"))
    #expect(!code.contains("waymark-"))
    var style = PictureStyle()
    style.tex = .tikz
    #expect(throws: PlotError.notInTikz) {
      try Gnuplot().write(Samples.images(2), to: folder.file("b.tex"), style: style)
    }
    #expect(throws: PlotError.nameOfTeX(path: folder.file("a#.tex"))) {
      try Gnuplot().write(Samples.images(2), to: folder.file("a#.tex"))
    }
  }
}
