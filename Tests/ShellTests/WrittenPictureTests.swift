import CommandLanguage
import Foundation
import Shell
import Testing

/// Pictures that commands write behind `>`.
@Suite(.enabled(if: TestShell().context.hasGnuplot, "needs gnuplot"))
struct WrittenPictureTests {
  private let folder: TestFolder
  private var shell: TestShell

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(2,3), relu, pool] size=16 as net
        run finetune net on=T epochs=1 as ft
        """)
  }

  @Test mutating func pictureIsNotAddedToAFile() throws {
    let path = folder("a.png")
    let error = shell.error(of: "plot accuracy ft >> \(path)")?.text() ?? ""
    #expect(error.contains("this form is written as a whole file; use > instead of >>"))
    #expect(try folder.names() == [])
    try shell.run("plot accuracy ft > \(path)")
    #expect(try folder.names() == ["a.png"])
  }

  /// A run of one task and one of two: each task is as wide as the other.
  @Test mutating func lossIsDrawnByTasks() throws {
    try shell.run("run finetune net on=T epochs=9 as long")
    try shell.run("plot loss [ft, long] > \(folder("a.gp"))")
    var script = try folder.text("a.gp")
    #expect(script.contains("set xlabel 'Tasks learned (each as wide as any other)'"))
    #expect(script.contains("set xtics (0.0, 1.0, 2.0)"))
    #expect(script.contains("'task 1' at first 0.0") && script.contains("'task 2' at first 1.0"))
    try shell.run("plot loss ft x=batch > \(folder("a.gp"))")
    script = try folder.text("a.gp")
    #expect(script.contains("set xlabel 'Batch'") && script.contains("'task 2' at first 1.5"))
    try shell.run("plot loss long x=epoch > \(folder("a.gp"))")
    #expect(try folder.text("a.gp").contains("'task 2' at first 9.0"))
    let said = try shell.output(of: "plot loss [ft, long] x=batch > \(folder("a.gp"))")
    #expect(said.contains("x=task draws them all"), "\(said)")
  }

  /// For a paper: what is compared, and what shows one run.
  @Test mutating func tablesAreWrittenForLaTeX() throws {
    try shell.run("run finetune net on=T epochs=3 seeds=2 as many")
    try shell.run("compare [ft, many] caption=\"A & B\" > \(folder("a.tex"))")
    let text = try folder.text("a.tex")
    #expect(text.hasPrefix("% compare [ft, many] caption=\"A & B\"\n"))
    #expect(text.contains("\\multicolumn{2}{c}{accuracy after task (\\%)}"))
    #expect(text.contains(" \\pm ") && text.contains("\\caption{A \\& B}"))
    #expect(text.contains("forgetting (\\%) $\\downarrow$"))
    for command in ["matrix ft", "classes signs", "strategies", "show ft", "report ft", "get"] {
      try shell.run("\(command) > \(folder("b.tex"))")
      let text = try folder.text("b.tex")
      #expect(text.contains("\\toprule") && text.contains("\\bottomrule"), "\(command)")
    }
  }

  /// A page is called after its picture, or after its command where it has none.
  @Test(arguments: [
    ("plot confusion ft", "Confusion of ft after task 2, % of each class"),
    ("confusion ft", "confusion"),
  ])
  mutating func pageHasATitle(command: String, title: String) throws {
    try shell.run("\(command) > \(folder("a.html"))")
    let titles = try folder.text("a.html").components(separatedBy: "<title>")
    #expect(titles.count > 1 && titles[1].hasPrefix(title + "</title>"))
  }
}
