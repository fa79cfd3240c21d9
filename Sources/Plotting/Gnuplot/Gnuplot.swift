import Foundation
import PlainText
public import System

/// Draws figures with one gnuplot that is started at the first of them and kept; one that died or
/// hangs is replaced once.
public final class Gnuplot {
  private let executable: String
  private let environment: [String: String]
  private let patience: Duration
  /// Whether gnuplot may be started; without it `.gp` and characters are all that is drawn.
  public let isAllowed: Bool
  private var process: GnuplotProcess?
  /// Asked while gnuplot draws; true stops it.
  public var isCancelled: () -> Bool = { false }

  /// - Parameters:
  ///   - executable: A name on the environment's `PATH`, or a path.
  ///   - environment: Without one, this program's.
  ///   - patience: How long one figure may take.
  ///   - isAllowed: Whether gnuplot may be started.
  public init(
    executable: String = "gnuplot",
    environment: [String: String]? = nil,
    patience: Duration = .seconds(20),
    isAllowed: Bool = Permissions.ofProcess.mayStartPrograms
  ) {
    self.isAllowed = isAllowed
    self.executable = executable
    self.environment = environment ?? ProcessInfo.processInfo.environment
    self.patience = patience
  }

  /// Of the running gnuplot, if there is one.
  package var processIdentifier: Int32? { process?.identifier }

  /// Whether there is a gnuplot on the search path that may be started; starts nothing.
  public var isInstalled: Bool {
    isAllowed && GnuplotProcess.find(executable, in: environment["PATH"] ?? "") != nil
  }

  /// Ends gnuplot; the next figure starts another.
  public func close() { process = nil }

  /// Draws into a file whose ending says the format. `.gp` keeps the script, with its data inside
  /// (pixels in `.rgb` files beside it), which draws a PNG of the same name; it needs no gnuplot.
  ///
  /// - Parameters:
  ///   - size: Without one, as large as the style or the figure needs; of images, the box they fit in.
  ///   - style: Without one, a pixel of the size is a pixel of a PNG.
  /// - Returns: The paths written.
  @discardableResult
  public func write(
    _ figure: Figure, to path: String, size: PictureSize? = nil, style: PictureStyle? = nil
  ) throws(PlotError) -> [String] {
    let format = try PictureFormat(path: path)
    try PictureFile.check(path)
    let medium: Canvas.Medium
    switch format {
    case .gp: return try keepScript(of: figure, at: path, size: size, style)
    case .tex:
      let style = style ?? PictureStyle()
      if style.tex ?? (TikzFile.canDraw(figure) ? .tikz : .cairolatex) == .tikz {
        let code = try TikzFile(figure, style).code
        try PictureFile.write(Array(code.utf8), to: path)
        return [path]
      }
      return try writeLaTeX(figure, to: path, style)
    case .png: medium = .png
    case .svg: medium = .svg
    case .pdf: medium = .pdf
    }
    try PictureFile.write(try bytes(of: figure, medium, size: size, style: style), to: path)
    return [path]
  }

  /// gnuplot's `cairolatex`: a `.tex` file with the letters, and a PDF file with all else.
  private func writeLaTeX(
    _ figure: Figure, to path: String, _ style: PictureStyle
  ) throws(PlotError) -> [String] {
    guard isAllowed else { throw .gnuplotForbidden }
    let stem = String(path.dropLast(".tex".count))
    let name = stem.split(separator: "/").last.map(String.init) ?? ""
    guard name.unicodeScalars.allSatisfy({ !"\\{}%#~^$&".unicodeScalars.contains($0) }) else {
      throw .nameOfTeX(path: path)
    }
    let folder = try TemporaryFolder(environment: environment)
    let output = folder.file("figure.tex")
    try draw(figure, .tex, size: nil, style: style, output: output, in: folder)
    let code = String(decoding: try PictureFile.read(output), as: UTF8.self)
    let lines = style.isStandalone ? "figure-inc" : "figure"
    let picture = try PictureFile.read(folder.file(lines + ".pdf"))
    try PictureFile.write(picture, to: stem + "-lines.pdf")
    let renamed = code.replacing(folder.file(lines), with: name + "-lines")
      .replacing("{\(lines)}", with: "{\(name)-lines}")
    try PictureFile.write(Array(renamed.utf8), to: path)
    return [path, stem + "-lines.pdf"]
  }

  /// What gnuplot draws, as the bytes of a file.
  package func bytes(
    of figure: Figure, _ medium: Canvas.Medium, size: PictureSize?, style: PictureStyle? = nil
  ) throws(PlotError) -> [UInt8] {
    guard isAllowed else { throw .gnuplotForbidden }
    let folder = try TemporaryFolder(environment: environment)
    let output = folder.file("figure")
    let canvas = try draw(figure, medium, size: size, style: style, output: output, in: folder)
    let bytes = try PictureFile.read(output)
    switch medium {
    case .png where style != nil: return PNGFile.with(dotsPerInch: 96 * canvas.density, bytes)
    case .svg: return SVGFile.finished(bytes, of: figure, on: canvas)
    default: return bytes
    }
  }

  @discardableResult
  private func draw(
    _ figure: Figure, _ medium: Canvas.Medium, size: PictureSize?, style: PictureStyle?,
    output: String, in folder: borrowing TemporaryFolder
  ) throws(PlotError) -> Canvas {
    let folderPath = folder.path
    let drawing = try Drawing(
      figure, medium: medium, size: size, style: style, output: output
    ) { "\(folderPath)/pixels\($0)" }
    for (path, bytes) in drawing.pixels {
      try PictureFile.write(bytes, to: path, isSynced: false)
    }
    try PictureFile.write(
      Array(drawing.script.utf8), to: folder.file("script"), isSynced: false)
    do {
      try run(folder.file("script"))
    } catch .gnuplotStopped, .gnuplotSilent {
      process = nil
      try run(folder.file("script"))
    }
    return drawing.canvas
  }

  private func run(_ script: String) throws(PlotError) {
    let running: GnuplotProcess
    if let process {
      running = process
    } else {
      running = try GnuplotProcess(
        executable: executable, environment: environment, patience: patience)
      process = running
    }
    do {
      try running.load(script, isCancelled: isCancelled)
    } catch {
      if case .gnuplotRefused = error {} else { process = nil }
      throw error
    }
  }

  private func keepScript(
    of figure: Figure, at path: String, size: PictureSize?, _ style: PictureStyle?
  ) throws(PlotError) -> [String] {
    let stem = String(path.dropLast(".gp".count))
    // A name that starts with `|` or `<` would be a command to gnuplot, but for the folder.
    let name = "./" + (stem.split(separator: "/").last.map(String.init) ?? "")
    func ending(_ number: Int) -> String { number == 0 ? ".rgb" : "-\(number + 1).rgb" }
    let drawing = try Drawing(
      figure, medium: .png, size: size, style: style, output: name + ".png"
    ) {
      name + ending($0)
    }
    var written = [String]()
    for (number, file) in drawing.pixels.enumerated() {
      try PictureFile.write(file.bytes, to: stem + ending(number))
      written.append(stem + ending(number))
    }
    let heading =
      "# Draws \((name + ".png").withoutControls): run gnuplot on this file in its folder.\n"
    try PictureFile.write(Array((heading + drawing.script).utf8), to: path)
    return [path] + written
  }
}
