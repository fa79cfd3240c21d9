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
    // Whether signs, digits and points in this order are a number is for `Double` to say.
    guard let digits = word.prefixMatch(of: /[+\-]?[0-9.]*(?:[eE][+\-]?[0-9]+)?/)?.output,
      let number = Double(digits), number.isFinite
    else { return nil }
    switch word[digits.endIndex...] {
    case "": return .real(number)
    case "%": return .percentage(number)
    case let unit: return seconds[String(unit)].map { .duration(seconds: number * $0) }
    }
  }

  private static func integer(_ word: Substring) -> Int? {
    word.utf8.allSatisfy { $0 < 0x3A } ? Int(word) : nil
  }
}
