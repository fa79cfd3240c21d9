/// The text of a script or of one typed line, with the name that errors show for it.
public struct Source: Hashable, Sendable {
  public let name: String
  public let text: String
  /// The number of the text's first line: more than 1 for a statement out of a longer input.
  public let firstLine: Int
  /// The version of the language that it is written in.
  public let version: Int

  /// The newest version, which a text is in that names none.
  public static let newestVersion = 2

  /// - Parameter version: Of a statement out of a longer input; nil if the text itself tells.
  public init(name: String, text: String, firstLine: Int = 1, version: Int? = nil) {
    self.name = name
    self.text = text
    self.firstLine = firstLine
    self.version = version ?? Self.version(of: text)
  }

  /// What the first statement says: `version 1`.
  private static func version(of text: String) -> Int {
    for line in text.split(maxSplits: 1_000, whereSeparator: \.endsLine) {
      let words = line.split(whereSeparator: { $0.isBlank || $0 == ";" })
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      guard first == "version", words.count > 1, let number = Int(words[1]) else { break }
      return number
    }
    return newestVersion
  }

  /// The line with this number, counted from `firstLine`, without its line break; empty beyond the last.
  public func line(_ number: Int) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.endsLine)
    return lines.indices.contains(number - firstLine) ? String(lines[number - firstLine]) : ""
  }
}

/// Where something stands in a source: line and column counted from 1, length in characters.
public struct Span: Hashable, Sendable {
  public var line: Int
  public var column: Int
  public var length: Int

  public init(line: Int, column: Int, length: Int) {
    self.line = line
    self.column = column
    self.length = length
  }

  /// From the first character of `self` to the last of `other`; cut at the line's end.
  public func joined(to other: Span) -> Span {
    guard other.line == line else { return self }
    return Span(
      line: line, column: column, length: max(length, other.column + other.length - column))
  }
}

/// A value with the place it was read from; equality looks at the value only.
public struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
  public var value: Value
  @Incidental public var span: Span

  public init(_ value: Value, at span: Span) {
    self.value = value
    self.span = span
  }
}

/// A property that does not count when values are compared, such as where something stands.
@propertyWrapper
public struct Incidental<Value: Sendable>: Hashable, Sendable {
  public var wrappedValue: Value

  public init(wrappedValue: Value) { self.wrappedValue = wrappedValue }

  public static func == (a: Self, b: Self) -> Bool { true }

  public func hash(into hasher: inout Hasher) {}
}

extension Character {
  /// The byte that it is in ASCII: what most are can be told at once.
  private var byte: UInt8? {
    let bytes = utf8
    return bytes.count == 1 ? bytes.first : nil
  }

  /// Whether a line ends here: LF, CR LF or CR.
  var endsLine: Bool {
    guard let byte else { return self == "\r\n" }
    return byte == 0x0A || byte == 0x0D
  }

  /// Whether it stays what it is between other characters: marks and modifiers would join them.
  var standsAlone: Bool { isASCII || " \(self) ".count == 3 }

  /// A byte order mark counts: files that were put together have one in their middle.
  var isBlank: Bool {
    guard let byte else { return self != "\r\n" && isWhitespace || self == "\u{FEFF}" }
    return byte == 0x20 || byte == 0x09 || byte == 0x0B || byte == 0x0C
  }

  var beginsName: Bool {
    switch byte ?? 0 {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  var continuesName: Bool {
    switch byte ?? 0 {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: beginsName
    }
  }

  /// Whether a word ends before it.
  var endsWord: Bool {
    guard let byte else { return isBlank || endsLine }
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), 0x20,
      0x09...0x0D:
      return true
    default: return false
    }
  }
}
