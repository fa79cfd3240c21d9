import PlainText
public import System

/// Why no picture was made; `description` is the sentence to show.
public enum PlotError: Error, Hashable, Sendable, CustomStringConvertible {
  case gnuplotMissing
  /// No program may be started.
  case gnuplotForbidden
  case gnuplotNotStarted(path: String, errno: Int32)
  /// It ended twice in the middle of a figure.
  case gnuplotStopped(status: Int32, message: String)
  case gnuplotSilent(seconds: Int)
  case gnuplotRefused(message: String)
  /// Somebody asked to stop.
  case cancelled
  case nothingToDraw
  case unknownEnding(path: String)
  case sizeOutOfRange(width: Int, height: Int, allowed: ClosedRange<Int>)
  /// Of a picture of pixels.
  case tooManyDots(width: Int, height: Int, limit: Int)
  /// A figure of this kind has no form in pgfplots.
  case notInTikz
  /// LaTeX would read something else in it.
  case nameOfTeX(path: String)
  case notWritten(FileFailure)
  case notRead(path: String, errno: Int32)
  /// No variable names a display.
  case noDisplay
  /// Nobody answers there; `name` is what the variable says.
  case displayGone(variable: String, name: String)
  /// This gnuplot has been built without any.
  case noWindows
  /// By whoever looked at it.
  case windowClosed

  public var description: String {
    switch self {
    case .gnuplotMissing: "gnuplot is not installed: sudo apt install gnuplot-nox"
    case .gnuplotForbidden:
      "--safe: gnuplot draws pictures, and no program may be started; write .gp, a script for gnuplot"
    case .gnuplotNotStarted(let path, let code): "cannot start '\(path)': \(systemError(code))"
    case .gnuplotStopped(let status, let message):
      "gnuplot ended with status \(status)" + (message.isEmpty ? "" : ": \(message)")
    case .gnuplotSilent(let seconds): "gnuplot gave no answer for \(seconds) s"
    case .gnuplotRefused(let message): "gnuplot reports: \(message)"
    case .cancelled: "stopped; nothing was drawn"
    case .nothingToDraw: "there is nothing to draw"
    case .unknownEnding(let path):
      "\(path): pictures end in "
        + PictureFormat.allCases.map { ".\($0.rawValue)" }.joined(with: "or")
    case .sizeOutOfRange(let width, let height, let allowed):
      "\(width)×\(height) pixels: a side has \(allowed.lowerBound) to \(allowed.upperBound)"
    case .tooManyDots(let width, let height, let limit):
      "\(width)×\(height) pixels: a side has up to \(limit); a lower dpi= makes fewer"
    case .notInTikz: "tex=tikz draws charts, not images; tex=cairolatex draws all"
    case .nameOfTeX(let path):
      "\(path): LaTeX cannot include a file of this name; leave out \\ { } % # ~ ^ $ and &"
    case .notWritten(let failure): failure.description
    case .notRead(let path, let code): "cannot read '\(path)': \(systemError(code))"
    case .noDisplay: "there is no display for a window: neither DISPLAY nor WAYLAND_DISPLAY is set"
    case .displayGone(let variable, let name):
      "the display '\(name.withoutControls)', which \(variable) names, does not answer"
    case .noWindows: "this gnuplot has no windows: sudo apt install gnuplot-qt"
    case .windowClosed: "the window was closed"
    }
  }
}
