/// Breaks a paragraph into lines between blanks; `rest` begins all lines but the first.
public func wrap(
  _ text: String, width: Int, first: String = "", rest: String? = nil
) -> String {
  let words = text.split(whereSeparator: \.isWhitespace).map { (gap: " ", word: $0) }
  return filled(words, width: width, first: first, rest: rest ?? first)
}

extension String {
  /// The text with each line that is wider than a terminal broken between words; what is broken off is
  /// indented by two more than the line.
  ///
  /// Blanks within a line stay as they are, so that columns stay below each other where they fit.
  public func broken(toWidth width: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard displayWidth(line) > width else { return String(line) }
      let indentation = String(line.prefix { $0 == " " })
      return filled(
        line.dropFirst(indentation.count).words, width: width, first: indentation,
        rest: String((indentation + "  ").prefix(width / 2)))
    }.joined(separator: "\n")
  }

  /// Broken between blanks into at most `count` lines of `width` columns; what does not fit is cut off.
  public func wrapped(to width: Int, lines count: Int) -> [String] {
    let lines = wrap(self, width: width).split(separator: "\n").map(String.init)
    let rest = lines.dropFirst(count - 1).joined(separator: " ")
    return (lines.prefix(count - 1) + (rest.isEmpty ? [] : [rest])).map { $0.fitted(to: width) }
  }
}

extension Substring {
  /// The words with the blanks before them.
  fileprivate var words: [(gap: String, word: Substring)] {
    var words: [(gap: String, word: Substring)] = []
    var rest = self
    while !rest.isEmpty {
      let gap = String(rest.prefix { $0 == " " })
      rest = rest.dropFirst(gap.count)
      let word = rest.prefix { $0 != " " }
      rest = rest.dropFirst(word.count)
      words.append((gap, word))
    }
    return words
  }
}

private func filled(
  _ words: [(gap: String, word: Substring)], width: Int, first: String, rest: String
) -> String {
  var lines: [String] = []
  var line = first
  var isEmpty = true
  for (gap, word) in words {
    if !isEmpty, displayWidth(line) + displayWidth(gap) + displayWidth(word) > width {
      lines.append(line)
      line = rest
      isEmpty = true
    }
    line += (isEmpty ? "" : gap) + word
    isEmpty = false
  }
  return (lines + [line]).joined(separator: "\n")
}
