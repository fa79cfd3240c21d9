import CEditLine
public import CommandLanguage
import Foundation
import System

/// Reads statements at a terminal, with history, completion, search and paste (libedit).
///
/// Must be used from the main thread only, and nothing else may print while it reads.
public final class LineEditor {
  /// What came of asking for a statement.
  public enum Input: Hashable, Sendable {
    /// One statement or several, with line breaks where they were continued.
    case text(String)
    /// Ctrl-C: the line is dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
  }

  /// The prompt's text and its colour (an SGR code such as `1;32`), if any.
  public struct Prompt: Hashable, Sendable {
    public var text: String
    public var colour: String?

    public init(_ text: String, colour: String? = nil) {
      self.text = text
      self.colour = colour
    }
  }

  let editor: UnsafeMutablePointer<waymark_editor>
  private let history: HistoryFile?
  private let showsUnicode: Bool
  /// From the oldest to the newest, this session's included.
  var entries: [String]
  /// The entry that Up or Down put into the line, and the beginning that was typed.
  var recall: (index: Int, start: String, shown: String)?
  /// What stands before the cursor gives what may follow.
  let complete: (String) -> Completion
  /// Whether a statement needs more lines; what `read` was told.
  var isIncomplete: (String) -> Bool = { _ in false }
  /// Whether a statement of several lines is one text to edit, rather than line after line.
  private let editsLines: Bool
  /// Whether the terminal is told to mark pastes.
  private let marksPastes: Bool
  private let modes = TerminalModes()
  /// Prompts that are stripped from pasted lines.
  var pastedPrompts = ["waymark> ", "... "]

  /// Nil when input or output is no terminal: then lines are read plainly.
  ///
  /// - Parameter history: Where statements are kept for later sessions; nil to keep none.
  public init?(history: HistoryFile? = HistoryFile(), complete: @escaping (String) -> Completion) {
    guard isatty(0) == 1, isatty(1) == 1 else { return nil }
    // libedit crashes on a prompt that the locale cannot show.
    showsUnicode = waymark_use_utf8() != 0
    guard let editor = waymark_editor_open("waymark") else { return nil }
    self.editor = editor
    self.history = history
    self.complete = complete
    let terminal = ProcessInfo.processInfo.environment["TERM"] ?? ""
    marksPastes = !terminal.isEmpty && terminal != "dumb"
    editsLines = !TerminalInfo.output.isPlain
    entries = history?.entries() ?? []
    for entry in entries { waymark_editor_enter(editor, entry) }
    editor.pointee.owner = Unmanaged.passUnretained(self).toOpaque()
    editor.pointee.complete = { LineEditor.of($0)?.offerCompletion() ?? UInt8(CC_ERROR) }
    editor.pointee.paste = { LineEditor.of($0)?.takePaste() ?? UInt8(CC_ERROR) }
    editor.pointee.earlier = { LineEditor.of($0)?.recallEntry(-1) ?? UInt8(CC_ERROR) }
    editor.pointee.later = { LineEditor.of($0)?.recallEntry(1) ?? UInt8(CC_ERROR) }
    editor.pointee.search = { LineEditor.of($0)?.searchHistory() ?? UInt8(CC_ERROR) }
    editor.pointee.enter = { LineEditor.of($0)?.enter() ?? UInt8(CC_ERROR) }
    editor.pointee.split = { LineEditor.of($0)?.split() ?? UInt8(CC_ERROR) }
    for (command, keys) in Self.keys.merging(editsLines ? Self.lineKeys : [:], uniquingKeysWith: +)
    {
      for key in keys { waymark_bind(editor.pointee.line, key, command) }
    }
    waymark_editor_begin(editor)
  }

  deinit { waymark_editor_close(editor) }

  private static func of(_ editor: UnsafeMutablePointer<waymark_editor>?) -> LineEditor? {
    editor?.pointee.owner.map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Keys that libedit leaves unbound or binds to something unexpected, by what they do.
  private static let keys: [String: [String]] = [
    "waymark-complete": ["\t", "\u{1B}[Z"],
    "waymark-paste": ["\u{1B}[200~"],
    "waymark-earlier": ["\u{1B}[A", "\u{1B}OA", "^P", "\u{1B}[5~"],
    "waymark-later": ["\u{1B}[B", "\u{1B}OB", "^N", "\u{1B}[6~"],
    "waymark-search": ["^R"],
    "ed-prev-word": ["\u{1B}[1;5D", "\u{1B}[1;3D", "\u{1B}b"],
    "em-next-word": ["\u{1B}[1;5C", "\u{1B}[1;3C", "\u{1B}f"],
    "ed-move-to-beg": ["\u{1B}[H", "\u{1B}[1~", "\u{1B}[7~"],
    "ed-move-to-end": ["\u{1B}[F", "\u{1B}[4~", "\u{1B}[8~"],
    "ed-delete-next-char": ["\u{1B}[3~"],
    "em-delete-next-word": ["\u{1B}[3;5~"],
    "ed-delete-prev-word": ["\u{1B}\u{7F}"],
  ]

  /// Keys of statements with several lines.
  private static let lineKeys = [
    "waymark-enter": ["^M", "^J"], "ed-newline": [LineEditor.acceptKey],
    "waymark-split": ["\u{1B}^M", "\u{1B}^J"],
  ]

  /// Asks for a statement; while `isIncomplete` says so, Enter begins another line of it. Where a
  /// terminal cannot edit several lines, they are asked for with `... `.
  public func read(_ prompt: Prompt, isIncomplete: @escaping (String) -> Bool) -> Input {
    self.isIncomplete = isIncomplete
    var text = ""
    var current = prompt
    if !pastedPrompts.contains(prompt.text) { pastedPrompts.append(prompt.text) }
    while true {
      recall = nil
      setPrompt(current)
      switch readLine() {
      case .interrupted:
        return .interrupted
      case .end:
        return text.isEmpty ? .end : .interrupted
      case .text(let line):
        text += text.isEmpty ? line : "\n" + line
        let statement = withoutPrompts(text)
        guard isIncomplete(statement) else { return .text(statement) }
        current = Prompt("... ", colour: prompt.colour.map { _ in "2" })
      }
    }
  }

  /// Without the prompts of text that was pasted where pastes are not marked: into a terminal that
  /// cannot, or while a command was running.
  func withoutPrompts(_ text: String) -> String {
    pastedPrompts.contains { text.hasPrefix($0) }
      ? Self.cleaned(text, prompts: pastedPrompts) : text
  }

  /// Keeps a statement for Up, Ctrl-R and later sessions.
  public func remember(_ entry: String) {
    let entry = entry.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !entry.isEmpty, entry != entries.last else { return }
    entries.append(entry)
    waymark_editor_enter(editor, entry)
    history?.append(entry)
  }

  private func readLine() -> Input {
    modes.mend()
    defer { if marksPastes { write("\u{1B}[?2004l") } }
    var count: Int32 = 0
    waymark_editor_prepare(editor)
    errno = 0
    let line = Interrupt.process.endingReads { el_gets(editor.pointee.line, &count) }
    guard let line, count > 0 else {
      if count < 0, errno == EINTR || Interrupt.process.isRequested {
        // Other signals than Ctrl-C end a read as well.
        write(Interrupt.process.isRequested ? "^C\n" : "\n")
        return .interrupted
      }
      write("\n")
      return .end
    }
    var bytes = UnsafeBufferPointer(start: line, count: Int(count)).map { UInt8(bitPattern: $0) }
    if bytes.last == 0x0A { bytes.removeLast() }
    return .text(String(decoding: bytes, as: UTF8.self))
  }

  /// Marks what takes no room, in libedit's way. The marked part must not stand last.
  ///
  /// Bracketed paste is asked for within the prompt, so that it is asked for again when the prompt
  /// is drawn anew, as after Ctrl-Z and `fg`.
  private func setPrompt(_ prompt: Prompt) {
    let text = showsUnicode ? prompt.text : String(prompt.text.filter(\.isASCII))
    let start =
      (marksPastes ? "\u{1B}[?2004h" : "") + (prompt.colour.map { "\u{1B}[\($0)m" } ?? "")
    guard let last = text.last, !start.isEmpty else {
      return waymark_editor_set_prompt(editor, text)
    }
    let end = prompt.colour == nil ? "" : "\u{1}\u{1B}[0m\u{1}"
    waymark_editor_set_prompt(editor, "\u{1}\(start)\u{1}\(text.dropLast())\(end)\(last)")
  }

  func write(_ text: String) { waymark_write(text) }
}
