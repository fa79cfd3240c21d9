import Foundation
import System

/// The best that a terminal can show.
public enum TerminalPictures: String, Hashable, Sendable, CaseIterable {
  /// PNG through the kitty graphics protocol.
  case kitty
  case sixel
  /// Half-blocks and characters.
  case text

  /// Of the terminal at standard output; found out at the first use, which may ask the terminal
  /// and wait 150 ms for its answer.
  public static let current = detect(
    environment: ProcessInfo.processInfo.environment,
    isTerminal: isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1,
    attributes: { TerminalAnswer.attributes(within: .milliseconds(150)) })

  /// `WAYMARK_PLOTS` decides, then `GNUTERM`, then what the terminal is known for, then its answer
  /// to a request for its attributes, in which 4 stands for sixel.
  ///
  /// - Parameter attributes: Asks the terminal; called only if all else leaves it open.
  package static func detect(
    environment: [String: String], isTerminal: Bool, attributes: () -> [Int]
  ) -> TerminalPictures {
    if let chosen = environment["WAYMARK_PLOTS"].flatMap(TerminalPictures.init) { return chosen }
    guard isTerminal else { return .text }
    let gnuterm = environment["GNUTERM"] ?? ""
    if gnuterm.hasPrefix("dumb") || gnuterm.hasPrefix("block") { return .text }
    if gnuterm.hasPrefix("sixel") { return .sixel }
    if gnuterm.hasPrefix("kitty") { return .kitty }
    let term = environment["TERM"] ?? ""
    let terminal = TerminalInfo(1, isTerminal: isTerminal) { environment[$0] }
    if term.isEmpty || terminal.isPlain { return .text }
    // A multiplexer would draw kitty's pictures over all of its panes.
    let isMultiplexed =
      environment["TMUX"] != nil || term.hasPrefix("tmux") || term.hasPrefix("screen")
    let speaksKitty =
      environment["KITTY_WINDOW_ID"] != nil || ["xterm-kitty", "xterm-ghostty"].contains(term)
      || ["ghostty", "WezTerm"].contains(environment["TERM_PROGRAM"] ?? "")
    if speaksKitty, !isMultiplexed { return .kitty }
    return attributes().contains(4) ? .sixel : .text
  }
}

package enum TerminalAnswer {
  /// The numbers of the answer to DA1 (`ESC [ c`), empty if none comes in time.
  package static func attributes(within patience: Duration) -> [Int] {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return [] }
    var raw = before
    cfmakeraw(&raw)
    guard tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0 else { return [] }
    defer { tcsetattr(STDIN_FILENO, TCSANOW, &before) }
    let question: [UInt8] = Array("\u{1B}[c".utf8)
    guard write(STDOUT_FILENO, question, question.count) == question.count else { return [] }

    let deadline = ContinuousClock.now + patience
    var answer = [UInt8]()
    while answer.count < 4096 {
      let left = (deadline - .now).components
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
      guard milliseconds > 0 else { return [] }
      var file = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let ready = poll(&file, 1, CInt(milliseconds))
      if ready < 0, errno == EINTR { continue }
      var byte: UInt8 = 0
      guard ready > 0, read(STDIN_FILENO, &byte, 1) == 1 else { return [] }
      answer.append(byte)
      if let numbers = attributes(in: answer) { return numbers }
    }
    return []
  }

  /// `ESC [ ? 62 ; 4 c` → [62, 4]; nil while it is not whole. What was typed before it is passed by.
  package static func attributes(in answer: [UInt8]) -> [Int]? {
    let text = String(decoding: answer, as: UTF8.self)
    guard text.hasSuffix("c"), let start = text.range(of: "\u{1B}[?", options: .backwards) else {
      return nil
    }
    let numbers = text[start.upperBound...].dropLast().split(separator: ";")
    let known = numbers.compactMap { Int($0) }
    return known.count == numbers.count ? known : nil
  }
}
