import PlainText

extension ValueShape {
  /// What errors say is expected: "a whole number from 1 to 1000".
  public var phrase: String {
    switch self {
    case .integer(let range): "a whole number" + Self.bounds(range)
    case .real(let range): "a number" + Self.bounds(range)
    case .fraction(let range): "a share such as 0.8 or 80%" + Self.bounds(range)
    case .duration: "a duration such as 5s or 2m"
    case .flag: "on or off"
    case .choice(let choices): Self.alternatives(choices.map(\.word))
    case .text: "a text"
    case .name: "a name"
    case .path: "a file"
    case .seed: "a whole number from 0"
    case .object(let kinds):
      kinds.isEmpty ? "an object" : Self.alternatives(kinds.map(\.phrase))
    case .integers(let range):
      "whole numbers" + Self.bounds(range) + ", such as 3, 0..7 or [1, 4]"
    case .calls: "a list of layers such as [conv(32, 3), relu, pool]"
    case .list(let element, let count):
      "a list of " + (count == 1...10_000 ? "" : Self.count(count) + " ")
        + "values, each " + element.phrase
    case .either(let first, let second): "\(first.phrase), or \(second.phrase)"
    case .words: "words"
    case .topics: "a command"
    case .command: "a command"
    }
  }

  /// What stands for the value in a usage line: `N`, `FILE`, `on|off`.
  public var placeholder: String {
    switch self {
    case .integer, .seed: "N"
    case .real, .fraction: "X"
    case .duration: "TIME"
    case .flag: "on|off"
    case .choice(let choices):
      choices.count <= 4 ? choices.map(\.word).joined(separator: "|") : "WORD"
    case .text: "TEXT"
    case .name: "NAME"
    case .path: "FILE"
    case .object(let kinds):
      kinds.isEmpty ? "OBJECT" : kinds.map { $0.word.uppercased() }.joined(separator: "|")
    case .integers: "N|N..N|[N, …]"
    case .calls: "[LAYER, …]"
    case .list(let element, _): "[\(element.placeholder), …]"
    case .either(let first, let second): "\(first.placeholder)|\(second.placeholder)"
    case .words: "WORDS"
    case .topics: "TOPIC"
    case .command: "COMMAND"
    }
  }

  /// The limits for a table of options: "1 to 1000", or empty.
  public var limits: String {
    switch self {
    case .integer(let range), .integers(let range):
      String(Self.bounds(range).drop { $0 == " " })
    case .real(let range), .fraction(let range): String(Self.bounds(range).drop { $0 == " " })
    case .choice(let choices) where choices.count > 4:
      choices.map(\.word).joined(separator: ", ")
    case .list(let element, _): element.limits
    case .either(let first, let second):
      [first.limits, second.limits].filter { !$0.isEmpty }.joined(separator: ", or ")
    default: ""
    }
  }

  /// "a, b or c".
  static func alternatives(_ words: [String]) -> String { words.joined(with: "or") }

  private static func count(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  private static func bounds(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound == .min, range.upperBound == .max) {
    case (true, true): ""
    case (true, false): " up to \(range.upperBound)"
    case (false, true): " from \(range.lowerBound)"
    case (false, false): " from \(range.lowerBound) to \(range.upperBound)"
    }
  }

  private static func bounds(_ range: RealRange) -> String {
    var words: [String] = []
    if range.lower > -.infinity {
      words.append((range.includesLower ? "from " : "above ") + range.lower.plainText)
    }
    if range.upper < .infinity {
      words.append((range.includesUpper ? "to " : "below ") + range.upper.plainText)
    }
    return words.isEmpty ? "" : " " + words.joined(separator: words.count > 1 ? " " : "")
  }
}
