extension Value {
  /// Reads a bare word: a number, percentage, duration, flag or range, else just a word.
  public init(bareWord word: String) {
    if let first = word.utf8.first, first < 0x3A {
      self = Self.numeric(word) ?? .word(word)
    } else if word.utf8.count <= Self.longestFlag, let flag = Self.flags[word] {
      self = .flag(flag)
    } else {
      self = .word(word)
    }
  }

  static let flags = [
    "on": true, "yes": true, "true": true, "True": true,
    "off": false, "no": false, "false": false, "False": false,
  ]

  private static let longestFlag = flags.keys.map(\.utf8.count).max() ?? 0

  /// The seconds in a unit of time. The whole rest of the word is looked up, so `5min` is never
  /// taken for `5m`.
  static let seconds = ["ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3600]

  /// Reads the bytes one by one: a regular expression would take a hundred times as long.
  private static func numeric(_ word: String) -> Value? {
    if let integer = integer(word[...]) { return .integer(integer) }
    let bytes = Array(word.utf8)
    func text(_ range: Range<Int>) -> Substring {
      Substring(String(decoding: bytes[range], as: UTF8.self))
    }
    let dot = UInt8(ascii: ".")
    if let dots = bytes.indices.dropLast().first(where: { bytes[$0] == dot && bytes[$0 + 1] == dot }
    ) {
      guard let lower = integer(text(0..<dots)), let upper = integer(text(dots + 2..<bytes.count))
      else { return nil }
      return .range(lower: lower, upper: upper)
    }
    let end = endOfNumber(bytes)
    guard let number = Double(text(0..<end)), number.isFinite else { return nil }
    switch text(end..<bytes.count) {
    case "": return .real(number)
    case "%": return .percentage(number)
    case let unit: return seconds[String(unit)].map { .duration(seconds: number * $0) }
    }
  }

  /// Where a sign, digits and points, and an exponent end; whether they are a number is for `Double`
  /// to say.
  private static func endOfNumber(_ bytes: [UInt8]) -> Int {
    func isDigit(_ index: Int) -> Bool {
      index < bytes.count && (0x30...0x39).contains(bytes[index])
    }
    func isSign(_ index: Int) -> Bool {
      index < bytes.count
        && (bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-"))
    }
    var end = isSign(0) ? 1 : 0
    while isDigit(end) || end < bytes.count && bytes[end] == UInt8(ascii: ".") { end += 1 }
    guard end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") else { return end }
    var exponent = isSign(end + 1) ? end + 2 : end + 1
    guard isDigit(exponent) else { return end }
    while isDigit(exponent) { exponent += 1 }
    return exponent
  }

  private static func integer(_ word: Substring) -> Int? {
    word.utf8.allSatisfy { $0 < 0x3A } ? Int(word) : nil
  }
}
