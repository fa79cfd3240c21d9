/// What a terminal shows after the bytes that a program wrote: as much of xterm as libedit and the
/// program's own drawing need.
struct Screen {
  private(set) var width: Int
  private(set) var height: Int
  /// Cells of each line on the screen, from the top.
  private var cells: [[Character]]
  /// Lines that scrolled out above.
  private var past: [String] = []
  private(set) var row = 0
  private(set) var column = 0
  /// A character was put into the last column; the next one begins a new line.
  private var wraps = false
  private var parser = Parser.text
  private var pending: [UInt8] = []
  private(set) var marksPastes = false
  /// How often it rang.
  private(set) var bells = 0
  /// Whether anything was ever drawn in colour.
  private(set) var wasColoured = false
  /// What the terminal answers to questions of the program.
  var answers: [UInt8] = []

  private enum Parser {
    case text
    case escape
    case control([UInt8])
    /// A title or the like, up to BEL or ST.
    case string
    case charset
  }

  init(width: Int = 80, height: Int = 24) {
    self.width = width
    self.height = height
    cells = Array(repeating: Self.blank(width), count: height)
  }

  private static func blank(_ width: Int) -> [Character] { Array(repeating: " ", count: width) }

  /// The lines on the screen without blanks at their ends, and without empty lines at the end.
  var lines: [String] { Self.trimmed(cells.map { String($0) }) }

  /// All lines, those that scrolled out included.
  var text: String { Self.trimmed(past + cells.map { String($0) }).joined(separator: "\n") }

  /// The line that the cursor stands in.
  var currentLine: String { Self.trimmed([String(cells[row])]).first ?? "" }

  private static func trimmed(_ lines: [String]) -> [String] {
    var lines = lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
        .replacing("\u{0}", with: "")
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Takes another size; the cells stay where they are, as in most terminals.
  mutating func resize(width: Int, height: Int) {
    while cells.count > height, row > 0 {
      past.append(String(cells.removeFirst()))
      row -= 1
    }
    while cells.count > height { cells.removeLast() }
    cells = cells.map { line in
      Array((line + Self.blank(max(0, width - line.count))).prefix(width))
    }
    while cells.count < height { cells.append(Self.blank(width)) }
    (self.width, self.height) = (width, height)
    (row, column, wraps) = (min(row, height - 1), min(column, width - 1), false)
  }

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { feed(byte) }
  }

  private mutating func feed(_ byte: UInt8) {
    switch parser {
    case .text: feedText(byte)
    case .escape:
      switch byte {
      case 0x5B: parser = .control([])
      case 0x5D, 0x50, 0x5F: parser = .string
      case 0x28, 0x29: parser = .charset
      default: parser = .text
      }
    case .control(let bytes):
      if (0x40...0x7E).contains(byte) {
        parser = .text
        carryOut(byte, String(decoding: bytes, as: UTF8.self))
      } else {
        parser = .control(bytes + [byte])
      }
    case .string:
      if byte == 0x07 { parser = .text }
      if byte == 0x1B { parser = .escape }
    case .charset: parser = .text
    }
  }

  private mutating func feedText(_ byte: UInt8) {
    switch byte {
    case 0x1B: parser = .escape
    case 0x0D: (column, wraps) = (0, false)
    case 0x0A: lineFeed()
    case 0x08: (column, wraps) = (max(0, column - 1), false)
    case 0x07: bells += 1
    case 0x09: column = min(width - 1, (column / 8 + 1) * 8)
    case 0x00..<0x20, 0x7F: break
    default:
      pending.append(byte)
      guard let text = String(validating: pending, as: UTF8.self) else {
        if pending.count >= 4 { pending = [] }
        return
      }
      pending = []
      for character in text { put(character) }
    }
  }

  private mutating func put(_ character: Character) {
    let columns = columns(of: character)
    if columns == 0 { return }
    if wraps || column + columns > width {
      column = 0
      lineFeed()
    }
    cells[row][column] = character
    if columns == 2, column + 1 < width { cells[row][column + 1] = "\u{0}" }
    wraps = column + columns >= width
    column = min(width - 1, column + columns)
  }

  private mutating func lineFeed() {
    wraps = false
    guard row == height - 1 else {
      row += 1
      return
    }
    past.append(String(cells.removeFirst()))
    cells.append(Self.blank(width))
  }

  // MARK: Control sequences

  private mutating func carryOut(_ final: UInt8, _ text: String) {
    let numbers = text.drop { "?>=".contains($0) }
      .split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let count = max(1, numbers.first ?? 1)
    let isPrivate = text.hasPrefix("?")
    if final != UInt8(ascii: "m") { wraps = false }
    switch Character(Unicode.Scalar(final)) {
    case "A": row = max(0, row - count)
    case "B": row = min(height - 1, row + count)
    case "C": column = min(width - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(width, count) - 1
    case "d": row = min(height, count) - 1
    case "H", "f":
      row = min(height, count) - 1
      column = min(width, max(1, numbers.count > 1 ? numbers[1] : 1)) - 1
    case "J": erase(screen: numbers.first ?? 0)
    case "K":
      switch numbers.first ?? 0 {
      case 0: erase(row, from: column, to: width)
      case 1: erase(row, from: 0, to: column + 1)
      default: erase(row, from: 0, to: width)
      }
    case "P":
      cells[row].removeSubrange(column..<min(width, column + count))
      cells[row] += Self.blank(width - cells[row].count)
    case "@":
      cells[row].insert(contentsOf: Self.blank(count), at: column)
      cells[row] = Array(cells[row].prefix(width))
    case "X": erase(row, from: column, to: min(width, column + count))
    case "h",
      "l" where isPrivate && numbers == [2004]:
      marksPastes = final == UInt8(ascii: "h")
    case "m" where numbers.contains { (30...37).contains($0) }: wasColoured = true
    case "n" where numbers == [6]: answers += Array("\u{1B}[\(row + 1);\(column + 1)R".utf8)
    case "c" where !text.hasPrefix(">"): answers += Array("\u{1B}[?62c".utf8)
    default: break
    }
  }

  private mutating func erase(_ row: Int, from: Int, to: Int) {
    for column in from..<to { cells[row][column] = " " }
  }

  private mutating func erase(screen part: Int) {
    switch part {
    case 0:
      erase(row, from: column, to: width)
      for below in row + 1..<max(row + 1, height) { erase(below, from: 0, to: width) }
    case 1:
      erase(row, from: 0, to: column + 1)
      for above in 0..<row { erase(above, from: 0, to: width) }
    default: for all in 0..<height { erase(all, from: 0, to: width) }
    }
  }

  private func columns(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    if scalar.properties.generalCategory == .nonspacingMark { return 0 }
    let isWide =
      (0x1100...0x115F).contains(scalar.value) || (0x2E80...0xFF60).contains(scalar.value)
      || (0x1F300...0x1FAFF).contains(scalar.value)
    return isWide ? 2 : 1
  }
}
