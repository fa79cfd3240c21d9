import PlainText

extension LanguageError {
  /// The error as a person reads it: sentence, place, source line, caret, suggestion, help.
  ///
  /// ```
  /// error: unknown option 'epoch' for 'pretrain'
  ///   lesson.way:7:21
  ///     pretrain net on=T.1 epoch=5
  ///                         ^^^^^ did you mean 'epochs'?
  ///   help: help pretrain
  /// ```
  ///
  /// - Parameter width: The terminal's columns: sentences are wrapped at them. A longer source line,
  ///   or without a terminal one of more than 114 characters, is cut around the caret.
  public func text(coloured: Bool = false, width: Int? = nil) -> String {
    func paint(_ text: String, _ code: String) -> String {
      coloured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
    let wording = wording
    if isStop {
      return width.map { wrap(wording.message, width: $0, rest: "  ") } ?? wording.message
    }
    let (line, indentation, marked) = excerpt(limit: max(20, (width ?? 120) - 6))
    var caret =
      String(repeating: " ", count: 4 + indentation)
      + paint(String(repeating: "^", count: marked), "1;31")
    if let suggestion = wording.suggestion {
      let lines = Self.placed(suggestion, behind: 4 + indentation + marked + 1, width: width)
      caret += lines.map { $0.lead + paint($0.text, "36") }.joined()
    }
    var message = "error: " + wording.message
    if let width, displayWidth(message) > width {
      message = wrap(message, width: width, rest: "  ")
    }
    var lines = [
      paint("error:", "1;31") + paint(String(message.dropFirst("error:".count)), "1"),
      "  \(source.name.withoutControls):\(span.line):\(span.column)",
      "    " + line, caret,
    ]
    if let help = wording.help {
      let line = "  help: " + help
      lines.append(width.map { line.broken(toWidth: $0) } ?? line)
    }
    return lines.joined(separator: "\n")
  }

  /// Whether it only says that somebody stopped what was under way.
  private var isStop: Bool {
    switch fact {
    case .interrupted: true
    case .failed(let failure): failure.isStop
    default: false
    }
  }

  /// The lines of a suggestion, each with what stands before it: behind the caret and below each other,
  /// or where too little room is left there, below the caret.
  private static func placed(
    _ suggestion: String, behind column: Int, width: Int?
  ) -> [(lead: String, text: String)] {
    guard let width, column + displayWidth(suggestion) > width else { return [(" ", suggestion)] }
    let isBehind = width - column >= 30
    let indentation = "\n" + String(repeating: " ", count: isBehind ? column : 6)
    let room = width - (isBehind ? column : 6)
    return wrap(suggestion, width: room).split(separator: "\n").enumerated().map { index, line in
      (index == 0 && isBehind ? " " : indentation, String(line))
    }
  }

  /// One JSON object with message, file, line, column and help; with a suggestion if there is one.
  public var json: String {
    let wording = wording
    var fields = [
      (key: "message", json: jsonText(wording.message)), ("file", jsonText(source.name)),
      ("line", "\(span.line)"), ("column", "\(span.column)"),
      ("help", wording.help.map(jsonText) ?? "null"),
    ]
    if let suggestion = wording.suggestion { fields.append(("suggestion", jsonText(suggestion))) }
    return jsonObject([("error", jsonObject(fields))])
  }

  /// The source line without controls, cut to what is near the caret; how far in the caret begins
  /// and how wide it is, in columns of a terminal.
  private func excerpt(limit: Int) -> (line: String, indentation: Int, width: Int) {
    let characters = Array(source.line(span.line))
    let start = min(max(0, span.column - 1), characters.count)
    let end = min(start + max(1, span.length), max(start, characters.count))
    let first = characters.count > limit ? max(0, start - limit / 2) : 0
    let last = min(characters.count, first + limit)
    let before = String(characters[first..<start]).shown
    let marked = String(characters[start..<min(end, max(start, last))]).shown
    let after = String(characters[max(start, min(end, last))..<max(start, last)]).shown
    let lead = first > 0 ? "…" : ""
    let tail = last < characters.count ? "…" : ""
    return (
      lead + before + marked + after + tail,
      displayWidth(lead) + displayWidth(before), max(1, displayWidth(marked))
    )
  }
}

extension String {
  /// Each control as a blank, so that the caret stays below its word.
  fileprivate var shown: String {
    String(map { String($0).withoutControls.isEmpty ? " " : $0 }).withoutControls
  }
}
