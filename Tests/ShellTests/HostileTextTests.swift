import Foundation
import Shell
import Testing

/// Names of files, classes and titles that would like to be commands stay text, on their whole way
/// through the shell to tables, files and a real gnuplot.
struct HostileTextTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// What nothing may ever make.
  private var mark: String { folder("ran") }

  /// With every sign that a shell, gnuplot, a terminal, HTML or Markdown acts on, but for `/`, which
  /// no file name holds.
  private static let names = [
    "it's", "\"quoted\"", "`touch ran`", "!touch ran", "$(touch ran)", "a\n!touch ran\nb",
    "\u{1B}]0;ran\u{07}\u{1B}[31mred", "'; system('touch ran'); '", "\" . system(\"touch ran\")",
    "|touch ran", "<b>&amp;", "^{big}_{low}", "@GPVAL_VERSION", "50% ^2 _3", "-e", "# no comment",
    "\u{202E}drawkcab",
  ]

  /// A data set with a class of each name.
  private func makeImages() throws {
    for name in Self.names {
      for number in 0..<5 {
        let pixels = [UInt8](repeating: UInt8(40 * number), count: 3 * 64)
        try folder.write(Array("P6 8 8 255\n".utf8) + pixels, to: "data/\(name)/\(number).ppm")
      }
    }
  }

  private func shell() throws -> TestShell {
    try makeImages()
    var shell = TestShell()
    // What runs in the working directory shall leave its mark there.
    try shell.run("load folder \(folder("data")) size=16 as signs")
    return shell
  }

  private func isUntouched() -> Bool {
    let here = FileManager.default.currentDirectoryPath
    return ![mark, here + "/ran", "/tmp/ran"].contains(where: FileManager.default.fileExists)
  }

  /// Without line breaks, which are the shell's own.
  private func controls(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter {
      $0 != "\n"
        && ($0.properties.generalCategory == .control || (0x202A...0x202E).contains($0.value))
    }
  }

  @Test func tablesShowThemAsText() throws {
    var shell = try shell()
    for command in ["classes signs", "show batch signs n=40", "signs"] {
      let text = try shell.output(of: command)
      #expect(controls(in: text).isEmpty)
    }
    let text = try shell.output(of: "classes signs")
    for name in ["it's", "`touch ran`", "$(touch ran)", "!touch ran", "^{big}_{low}"] {
      #expect(text.contains(name))
    }
    #expect(text.split(separator: "\n").count == Self.names.count + 1)
    for ending in ["md", "html", "tex", "txt"] {
      try shell.run("classes signs > \(folder("t." + ending))")
      #expect(controls(in: try folder.text("t." + ending)).isEmpty, "\(ending)")
    }
    #expect(!(try folder.text("t.html").contains("<b>&amp;<")))
    #expect(isUntouched())
  }

  @Test(.enabled(if: TestShell().context.hasGnuplot))
  func picturesShowThemAsText() throws {
    var shell = try shell()
    for ending in ["svg", "png", "pdf", "html", "gp"] {
      try shell.run("plot classes signs > \(folder("a." + ending))")
      try shell.run("show batch signs n=40 labels=on > \(folder("b." + ending))")
    }
    let drawn = try folder.text("a.svg")
    for name in [
      "it's", "`touch ran`", "$(touch ran)", "!touch ran", "^{big}_{low}", "&lt;b&gt;&amp;amp;",
    ] {
      #expect(drawn.contains(name) || drawn.contains(name.replacing("&gt;", with: ">")), "\(name)")
    }
    #expect(isUntouched())
  }

  @Test(.enabled(if: TestShell().context.hasGnuplot))
  func titlesAndNamesOfFilesAreText() throws {
    var shell = try TestShell(
      after: """
        load synthetic classes=2 per-class=4 size=16 as signs
        tasks signs size=1 as T
        define model layers=[conv(2,3), relu, pool] size=16 as net
        run finetune net on=T epochs=1 as ft
        """)
    for name in Self.names {
      let quoted = name.map { character -> String in
        switch character {
        case "\"", "\\", "$": "\\\(character)"
        case "\n": "\\n"
        case _ where character.unicodeScalars.contains { $0.value < 32 || $0.value > 0x2000 }:
          character.unicodeScalars.map { "\\u{\(String($0.value, radix: 16))}" }.joined()
        default: String(character)
        }
      }.joined()
      for ending in ["svg", "gp"] {
        try shell.run(
          "plot accuracy ft title=\"\(quoted)\" > \"\(folder("p"))\(quoted).\(ending)\"")
        #expect(FileManager.default.fileExists(atPath: folder("p\(name).\(ending)")), "\(name)")
      }
      try shell.run("show batch signs n=2 labels=on > \"\(folder("b"))\(quoted).gp\"")
      #expect(FileManager.default.fileExists(atPath: folder("b\(name).rgb")))
    }
    #expect(isUntouched())
  }

  @Test func withoutGnuplotNothingIsLost() throws {
    guard Waymark.isBuilt else { return }
    let script = """
      load synthetic classes=2 per-class=4 size=16 as signs
      show batch signs n=2 > a.png
      """
    let result = try Waymark.run(["-c", script], environment: ["PATH": "/nonexistent"])
    #expect(result.exit == 1)
    #expect(result.messages.contains("gnuplot is not installed: sudo apt install gnuplot-nox"))
    #expect(result.messages.split(separator: "\n").count <= 6, "\(result.messages)")
    // At a prompt the session goes on: what was there is still there, and tables need no gnuplot.
    let rest = """
      load synthetic classes=2 per-class=4 size=16 as signs
      show batch signs n=2
      plot classes signs
      save report r.html
      save notebook r.ipynb
      objects
      """
    let whole = try Waymark.run(["-c", rest], environment: ["PATH": "/nonexistent"])
    #expect(whole.exit == 0 && whole.output.contains("signs  data"), "\(whole.messages)")
  }
}
