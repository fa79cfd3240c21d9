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
