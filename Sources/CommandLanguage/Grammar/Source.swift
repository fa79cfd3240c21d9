/// The text of a script or of one typed line, with the name that errors show for it.
public struct Source: Hashable, Sendable {
  public let name: String
  public let text: String
  /// The number of the text's first line: more than 1 for a statement out of a longer input.
  public let firstLine: Int

  public init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.text = text
    self.firstLine = firstLine
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
  /// Whether a line ends here: LF, CR LF or CR.
  var endsLine: Bool { self == "\n" || self == "\r\n" || self == "\r" }

  /// Whether it stays what it is between other characters: marks and modifiers would join them.
  var standsAlone: Bool { isASCII || " \(self) ".count == 3 }

  /// A byte order mark counts: files that were put together have one in their middle.
  var isBlank: Bool { !endsLine && isWhitespace || self == "\u{FEFF}" }

  var beginsName: Bool { isASCII && isLetter || self == "_" }
  var continuesName: Bool { beginsName || isASCII && isWholeNumber }
}
