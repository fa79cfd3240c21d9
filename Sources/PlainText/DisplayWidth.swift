/// The columns that a text takes in a terminal: two for East Asian wide characters and emoji.
public func displayWidth(_ text: some StringProtocol) -> Int {
  text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    ? text.utf8.count : text.reduce(0) { $0 + displayWidth($1) }
}

/// The columns of one character, by its first scalar (Unicode Standard Annex 11).
public func displayWidth(_ character: Character) -> Int {
  guard let scalar = character.unicodeScalars.first else { return 0 }
  if scalar.value < 0x300 { return scalar.value < 0x20 || scalar.value == 0x7F ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control: return 0
  default: break
  }
  if scalar.properties.isEmojiPresentation { return 2 }
  if character.unicodeScalars.dropFirst().first?.value == 0xFE0F { return 2 }
  return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
}

/// The blocks of East Asian wide and full-width characters.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
  0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
  0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
  0x20000...0x2FFFD, 0x30000...0x3FFFD,
]

extension String {
  /// Cut to a number of columns, with an ellipsis where something is missing.
  public func fitted(to width: Int) -> String {
    guard displayWidth(self) > width else { return self }
    var text = ""
    var used = 0
    for character in self {
      let columns = displayWidth(character)
      guard used + columns < width else { break }
      text.append(character)
      used += columns
    }
    return width > 0 ? text + "…" : ""
  }

  /// Cut to a number of columns by an ellipsis in the middle: what differs at the end still does.
  public func fittedAtBothEnds(to width: Int) -> String {
    guard displayWidth(self) > width, width > 2 else { return fitted(to: width) }
    let head = fitted(to: (width + 1) / 2)
    var tail = ""
    var used = displayWidth(head)
    for character in reversed() {
      used += displayWidth(character)
      guard used <= width else { break }
      tail = String(character) + tail
    }
    return head + tail
  }

  /// With blanks behind it, up to a number of columns.
  public func padded(to width: Int) -> String { self + blanks(to: width) }

  /// With blanks before it, up to a number of columns.
  public func indented(to width: Int) -> String { blanks(to: width) + self }

  private func blanks(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth(self)))
  }
}
