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
  /// - Parameter size: Without one, as large as the figure needs; of images, the box they fit in.
  /// - Returns: The paths written.
  @discardableResult
  public func write(
    _ figure: Figure, to path: String, size: PictureSize? = nil
  ) throws(PlotError) -> [String] {
    let format = try PictureFormat(path: path)
    try PictureFile.check(path)
    guard let medium = Canvas.Medium(rawValue: format.rawValue) else {
      return try keepScript(of: figure, at: path, size: size)
    }
    try PictureFile.write(try bytes(of: figure, medium, size: size), to: path)
    return [path]
  }

  /// What gnuplot draws, as the bytes of a file.
  package func bytes(
    of figure: Figure, _ medium: Canvas.Medium, size: PictureSize?
  ) throws(PlotError) -> [UInt8] {
    guard isAllowed else { throw .gnuplotForbidden }
    let folder = try TemporaryFolder(environment: environment)
    let output = folder.file("figure")
    let drawing = try Drawing(
      figure, medium: medium, size: size, output: output
    ) { folder.file("pixels\($0)") }
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
    return try PictureFile.read(output)
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
    of figure: Figure, at path: String, size: PictureSize?
  ) throws(PlotError) -> [String] {
    let stem = String(path.dropLast(".gp".count))
    // A name that starts with `|` or `<` would be a command to gnuplot, but for the folder.
    let name = "./" + (stem.split(separator: "/").last.map(String.init) ?? "")
    func ending(_ number: Int) -> String { number == 0 ? ".rgb" : "-\(number + 1).rgb" }
    let drawing = try Drawing(figure, medium: .png, size: size, output: name + ".png") {
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
