import Foundation
import System

/// How many colours a terminal's text can have.
public enum ColourDepth: Hashable, Sendable, CaseIterable {
  case none
  case palette256
  case truecolour

  /// From `NO_COLOR`, `COLORTERM` and `TERM`, for output that is a terminal.
  public static func detect(environment: [String: String]) -> ColourDepth {
    let term = environment["TERM"] ?? ""
    let terminal = TerminalInfo(1, isTerminal: true) { environment[$0] }
    guard terminal.isColoured, !term.isEmpty, term != "dumb" else { return .none }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") || term.hasSuffix("-direct")
      || term == "xterm-kitty"
    {
      return .truecolour
    }
    return .palette256
  }
}

/// The terminal that a picture is drawn in.
public struct TerminalScreen: Hashable, Sendable {
  public var pictures: TerminalPictures
  public var columns: Int
  public var rows: Int
  /// Of the whole screen, where the terminal tells.
  public var pixels: PictureSize?
  public var colours: ColourDepth

  public init(
    pictures: TerminalPictures = .text, columns: Int = 80, rows: Int = 24,
    pixels: PictureSize? = nil, colours: ColourDepth = .none
  ) {
    self.pictures = pictures
    self.columns = max(20, columns)
    self.rows = max(8, rows)
    self.pixels = pixels
    self.colours = colours
  }

  /// The terminal at standard output as it is now; 80 × 24 plain characters if there is none.
  public static func current() -> TerminalScreen {
    guard TerminalInfo.output.isTerminal else { return TerminalScreen(pictures: .current) }
    let window = TerminalInfo.output.window
    return TerminalScreen(
      pictures: .current, columns: window?.columns ?? 80, rows: window?.rows ?? 24,
      pixels: window?.pixels.map { PictureSize(width: $0.width, height: $0.height) },
      colours: .detect(environment: ProcessInfo.processInfo.environment))
  }

  /// The largest picture that leaves room for a prompt, by 8 × 16 pixels to the character where the
  /// terminal does not tell.
  var pictureBox: PictureSize {
    let screen = pixels ?? PictureSize(width: 8 * columns, height: 16 * rows)
    return PictureSize(
      width: min(1600, max(PictureSize.sides.lowerBound, screen.width)),
      height: min(1600, max(PictureSize.sides.lowerBound, screen.height * (rows - 3) / rows)))
  }
}
