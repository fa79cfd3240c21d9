extension Value {
  /// Reads a bare word: a number, percentage, duration, flag or range, else just a word.
  public init(bareWord word: String) {
    if let flag = Self.flags[word] {
      self = .flag(flag)
    } else if let first = word.utf8.first, first < 0x3A, let value = Self.numeric(word) {
      self = value
    } else {
      self = .word(word)
    }
  }

  private static let flags = [
    "on": true, "yes": true, "true": true, "off": false, "no": false, "false": false,
  ]

  /// The seconds in a unit of time. The whole rest of the word is looked up, so `5min` is never
  /// taken for `5m`.
  private static let seconds = ["ms": 0.001, "s": 1, "m": 60, "min": 60, "h": 3600]

  private static func numeric(_ word: String) -> Value? {
    if let dots = word.firstRange(of: "..") {
      guard let lower = integer(word[..<dots.lowerBound]),
        let upper = integer(word[dots.upperBound...])
      else { return nil }
      return .range(lower: lower, upper: upper)
    }
    if let integer = integer(word[...]) { return .integer(integer) }
    let length = numberLength(word)
    guard let number = Double(word.prefix(length)), number.isFinite else { return nil }
    let unit = String(word.dropFirst(length))
    switch unit {
    case "": return .real(number)
    case "%": return .percentage(number)
    default: return seconds[unit].map { .duration(seconds: number * $0) }
    }
  }

  private static func integer(_ word: Substring) -> Int? {
    word.utf8.allSatisfy { $0 < 0x3A } ? Int(word) : nil
  }

  /// How many characters at the word's beginning look like a decimal number: a sign, digits and
  /// points, an exponent. Whether they are one is for `Double` to say: `1.2.3` counts as five.
  private static func numberLength(_ word: String) -> Int {
    let bytes = Array(word.utf8)
    var index = 0
    if index < bytes.count, bytes[index] == 0x2B || bytes[index] == 0x2D { index += 1 }
    while index < bytes.count, isDigit(bytes[index]) || bytes[index] == 0x2E { index += 1 }
    if index < bytes.count, bytes[index] == 0x65 || bytes[index] == 0x45 {
      var exponent = index + 1
      if exponent < bytes.count, bytes[exponent] == 0x2B || bytes[exponent] == 0x2D {
        exponent += 1
      }
      if exponent < bytes.count, isDigit(bytes[exponent]) {
        while exponent < bytes.count, isDigit(bytes[exponent]) { exponent += 1 }
        index = exponent
      }
    }
    return index
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
