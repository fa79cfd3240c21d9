import Foundation
import PlainText
public import System

/// gnuplot's windows on the desktop, all of one process that is started at the first of them.
///
/// Each command has a window of its own, whose title it is; the same command draws into the same
/// window. The windows of a process that died come back one by one, when they are next drawn.
public final class FigureWindows {
  private let executable: String
  private let environment: [String: String]
  private let patience: Duration
  private let isAllowed: Bool
  private let persists: Bool
  private let displayObjection: () -> PlotError?
  private var process: GnuplotProcess?
  /// Asked of gnuplot once; nil until then.
  private var terminal: WindowTerminal?
  /// Holds the script and the pixels, which gnuplot reads again when somebody zooms.
  private var folder: TemporaryFolder?
  private var windows: [Window] = []
  private var draws = 0
  /// What the last figure took of processor time, by gnuplot and the window: about twice gnuplot's own.
  public private(set) var seconds = 0.0
  /// The window that is being drawn and not waited for.
  private var pending: Int?
  /// Asked while gnuplot draws; true stops it.
  public var isCancelled: () -> Bool = { false }

  private struct Window {
    let number: Int
    var title: String
    /// The number that the display gives it, and how often in a row it was drawn since it opened.
    var identity = ""
    var drawnInARow = 0
    /// When it was last drawn, counted in drawings.
    var lastDrawn: Int
    var isClosed = false
  }

  /// Windows that are open at once; one more takes the place of that which was drawn longest ago.
  package static let limit = 12

  /// - Parameters:
  ///   - persists: Whether windows stay when this program has ended, until they are closed.
  ///   - displayObjection: Why no window can open now; asks the environment's display if nil.
  public init(
    executable: String = "gnuplot", environment: [String: String]? = nil,
    patience: Duration = .seconds(15),
    isAllowed: Bool = Permissions.ofProcess.mayStartPrograms, persists: Bool = false,
    displayObjection: (() -> PlotError?)? = nil
  ) {
    let environment = environment ?? ProcessInfo.processInfo.environment
    self.executable = executable
    self.environment = environment
    self.patience = patience
    self.isAllowed = isAllowed
    self.persists = persists
    self.displayObjection = displayObjection ?? { Display(environment: environment).objection }
  }

  /// Of the running gnuplot, if there is one.
  package var processIdentifier: Int32? { process?.identifier }

  /// Why no figure can be shown in a window now; nil if one can. Starts gnuplot at its first use, to
  /// ask which windows it has.
  public var objection: PlotError? {
    do throws(PlotError) {
      _ = try prepared()
      return nil
    } catch {
      return error
    }
  }

  /// Draws into the window of this title, opened if it is not there, and waits until it is drawn.
  ///
  /// - Returns: The window's number, from 1.
  @discardableResult
  public func show(_ figure: Figure, as title: String) throws(PlotError) -> Int {
    try finishPending()
    do {
      return try draw(figure, as: title, waits: true)
    } catch .gnuplotStopped {
      // Killed since the last figure, or in the middle of this one.
      return try draw(figure, as: title, waits: true)
    }
  }

  /// Draws into the window of this title without waiting for it.
  ///
  /// - Throws: `windowClosed` if it was open and somebody has closed it; it opens at the next figure.
  public func update(_ figure: Figure, as title: String) throws(PlotError) {
    try hear()
    if let window = windows.firstIndex(where: { $0.title == title }), windows[window].isClosed {
      windows[window].isClosed = false
      throw .windowClosed
    }
    try draw(figure, as: title, waits: false)
  }

  /// Whether the last `update` is still being drawn.
  ///
  /// - Throws: What went wrong with it.
  public func isDrawing() throws(PlotError) -> Bool {
    try hear()
    return pending != nil
  }

  /// Ends gnuplot; windows that persist stay.
  public func close() {
    if persists { process?.farewell = .leaveWindows }
    forget()
    folder = nil
  }

  // MARK: The process

  /// The process and what it opens windows with.
  private func prepared() throws(PlotError) -> (GnuplotProcess, WindowTerminal) {
    guard isAllowed else { throw .gnuplotForbidden }
    if let objection = displayObjection() {
      forget()
      throw objection
    }
    if let process, let terminal { return (process, terminal) }
    let started = try GnuplotProcess(
      executable: executable, environment: environment, patience: patience)
    started.farewell = .closeWindows
    let known: WindowTerminal
    if let terminal {
      known = terminal
    } else {
      let script = try file("script")
      try PictureFile.write(Array("print GPVAL_TERMINALS\n".utf8), to: script, isSynced: false)
      guard let best = WindowTerminal(among: try started.load(script, isCancelled: isCancelled))
      else { throw .noWindows }
      known = best
    }
    (process, terminal) = (started, known)
    return (started, known)
  }

  /// Lets go of a process that is of no more use.
  private func forget() {
    process = nil
    pending = nil
    for window in windows.indices {
      (windows[window].drawnInARow, windows[window].isClosed) = (0, false)
    }
  }

  private func file(_ name: String) throws(PlotError) -> String {
    if folder == nil { folder = try TemporaryFolder(environment: environment) }
    return folder?.file(name) ?? name
  }

  // MARK: Drawing

  /// The largest that a window opens with.
  private static let box = PictureSize(width: 1200, height: 900)

  @discardableResult
  private func draw(
    _ figure: Figure, as title: String, waits: Bool
  ) throws(PlotError) -> Int {
    let (process, terminal) = try prepared()
    let place = place(of: title)
    let number = windows[place].number
    let natural = try figure.naturalSize(within: Self.box)
    let size = PictureSize(
      width: min(natural.width, Self.box.width), height: min(natural.height, Self.box.height))
    let pixels = try file("pixels-\(number)-")
    let drawing = try Drawing(figure, medium: .window, size: size, output: "") {
      pixels + "\($0)"
    }
    for (path, bytes) in drawing.pixels {
      try PictureFile.write(bytes, to: path, isSynced: false)
    }
    let frame = WindowFrame(number: number, title: title, terminal: terminal, persists: persists)
    let script = frame.opening(on: drawing.canvas) + drawing.script + WindowFrame.closing
    let path = try file("script")
    try PictureFile.write(Array(script.utf8), to: path, isSynced: false)
    do throws(PlotError) {
      try process.begin(path)
      pending = place
      windows[place].isClosed = false
      if waits {
        windows[place].drawnInARow = 0
        try finishPending()
      }
    } catch {
      fail(error)
      throw error
    }
    return number
  }

  /// The place among the windows of that with this title, which may be a new one.
  private func place(of title: String) -> Int {
    draws += 1
    if let known = windows.firstIndex(where: { $0.title == title }) {
      windows[known].lastDrawn = draws
      return known
    }
    let oldest = windows.indices.min { windows[$0].lastDrawn < windows[$1].lastDrawn }
    if windows.count >= Self.limit, let oldest {
      windows[oldest].title = title
      windows[oldest].lastDrawn = draws
      return oldest
    }
    windows.append(Window(number: windows.count + 1, title: title, lastDrawn: draws))
    return windows.count - 1
  }

  private func finishPending() throws(PlotError) {
    while let process, process.isBusy {
      do throws(PlotError) {
        if isCancelled() { throw .cancelled }
        try process.listen(atMost: 200)
      } catch {
        fail(error)
        throw error
      }
    }
    settle()
  }

  /// Hears what gnuplot has to say, without waiting.
  private func hear() throws(PlotError) {
    guard let process else { return }
    do throws(PlotError) {
      try process.listen(atMost: 0)
    } catch {
      fail(error)
      throw error
    }
    settle()
  }

  /// Notes what gnuplot has said of the window that it draws in.
  private func settle() {
    guard let process else { return }
    guard let last = windows.indices.max(by: { windows[$0].lastDrawn < windows[$1].lastDrawn })
    else { return }
    // gnuplot tells of the window alone that was drawn last.
    if process.takes(line: WindowFrame.closedMark) { windows[last].isClosed = true }
    guard !process.isBusy, let drawn = pending else { return }
    pending = nil
    let printed = process.printed
    seconds = 2 * (WindowFrame.seconds(in: printed) ?? 0)
    for other in windows.indices where other != drawn { windows[other].drawnInARow = 0 }
    guard terminal?.tellsOfClosing == false, let identity = WindowFrame.identity(in: printed) else {
      return
    }
    // The first drawing still tells the number from before it, the second one's is right.
    let wasClosed = windows[drawn].drawnInARow > 1 && windows[drawn].identity != identity
    windows[drawn].isClosed = wasClosed
    windows[drawn].drawnInARow = wasClosed ? 0 : windows[drawn].drawnInARow + 1
    windows[drawn].identity = identity
  }

  private func fail(_ error: PlotError) {
    pending = nil
    if case .gnuplotRefused = error {} else { forget() }
  }
}
