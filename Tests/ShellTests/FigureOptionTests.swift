import CommandLanguage
import Foundation
import Shell
import Testing

/// How figures look, as gnuplot's scripts and LaTeX code tell, which need no gnuplot.
struct FigureOptionTests {
  private let folder: TestFolder
  private var shell: TestShell

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(2,3), relu, pool] size=16 as net
        run finetune net on=T epochs=1 as lower
        run finetune net on=T epochs=1 seeds=2 as ft
        run replay net on=T epochs=1 memory=8 as er
        """)
  }

  /// The script that a command writes.
  private mutating func script(_ command: String, _ ending: String = "gp") throws -> String {
    try shell.run("\(command) > \(folder("a.\(ending)"))")
    return try folder.text("a.\(ending)")
  }

  /// The second run ever made is orange, alone or not, and after the first was dropped.
  @Test mutating func aRunKeepsItsColour() throws {
    for command in ["plot accuracy [er]", "plot accuracy [lower, ft, er]"] {
      #expect(try script(command).contains("rgb '#009E73'"), "\(command)")
    }
    #expect(try script("plot accuracy [ft]").contains("rgb '#D55E00' pointtype 5"))
    try shell.run("save session \(folder("s.waymark"))\ndrop lower")
    #expect(try script("plot accuracy [ft]").contains("rgb '#D55E00' pointtype 5"))
    // One of several seeds stands behind their common name.
    #expect(try script("plot accuracy [ft-1]").contains("rgb '#009E73'"))
    try shell.run("save session \(folder("s2.waymark"))")
    var other = TestShell()
    try other.run("restore session \(folder("s2.waymark"))")
    try other.run("plot accuracy [ft] > \(folder("b.gp"))")
    #expect(try folder.text("b.gp").contains("rgb '#D55E00' pointtype 5"))
  }

  @Test mutating func theLegendNamesStrategies() throws {
    #expect(try script("plot accuracy [ft, er]").contains("'Fine-tuning (ft)'"))
    #expect(try script("plot accuracy [ft, er] style=paper").contains("'Fine-tuning'"))
    let both = try script("plot accuracy [lower, ft]")
    #expect(both.contains("'lower'") && !both.contains("Fine-tuning"))
    let own = try script(
      "plot accuracy [ft, er] labels=[ours, \"LwF\"] colors=[black, \"#00ff00\"]")
    #expect(own.contains("'ours'") && own.contains("'LwF'") && own.contains("rgb '#00FF00'"))
  }

  @Test mutating func optionsReachThePicture() throws {
    let script = try script(
      "plot accuracy [ft] size=85x60mm title='T' xlabel='X' ylim=20..90 xlim=[0, 5.5] error=bars")
    // 300 dots to the inch of 321 and 227 96ths.
    for part in [
      "size 1003,709", "set title 'T'", "set xlabel 'X'", "set yrange [20.0:90.0]",
      "set xrange [0.0:5.5]", "yerrorbars", "'mean ± sd, n = 2'",
    ] {
      #expect(script.contains(part), "\(part) in \(script)")
    }
    #expect(try self.script("plot accuracy [ft] ylim=auto").contains("[0.0:100.0]") == false)
    try shell.run("set style=slides")
    #expect(try self.script("plot matrix er").contains("'Sans,36.00'"))
    #expect(try shell.output(of: "get").contains("slides"))
  }

  @Test mutating func codeOfLaTeXNeedsNoGnuplot() throws {
    let code = try script("plot accuracy [ft, er] style=paper standalone=on", "tex")
    #expect(code.contains("\\begin{axis}") && code.contains("\\documentclass"))
    #expect(code.contains("{Fine-tuning};"))
  }

  @Test(arguments: [
    ("plot matrix er xlim=0..3", "xlim"),
    ("plot accuracy size=85km", "a size such as 85mm, 85x60mm or 960x600px"),
    ("plot accuracy size=85mm width=60mm", "size= says the width already"),
    ("plot accuracy [ft, er] labels=[a]", "1 label for 2: Fine-tuning (ft) and Replay (er)"),
    ("plot accuracy [ft, er] colors=[a, b]", "a color such as blue"),
    ("plot accuracy font=\"a'; !x\"", "the name of a font"),
    ("plot accuracy ylim=90..20", "a range such as 60..100"),
    ("plot accuracy xlim=900..", "nothing that is drawn lies in this range"),
    ("plot accuracy dpi=5", "from 30 to 1200"),
  ])
  mutating func whatMakesNoSenseIsRefused(command: String, words: String) throws {
    let error = shell.error(of: "\(command) > \(folder("a.gp"))")?.text() ?? ""
    #expect(error.contains(words), "\(error)")
    #expect(try folder.names() == [])
  }

  /// Nothing is left aside silently.
  @Test mutating func whatAFileDoesNotHaveIsSaid() throws {
    let said = try shell.output(
      of: "plot accuracy [ft] dpi=100 font=\"Nimbus\" > \(folder("a.tex"))")
    #expect(said.contains("dpi= is for .png files"))
    #expect(said.contains("font= changes nothing"))
  }
}
