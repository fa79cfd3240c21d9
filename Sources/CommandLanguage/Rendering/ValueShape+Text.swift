import PlainText

extension ValueShape {
  /// What errors say is expected: "a whole number from 1 to 1000".
  public var phrase: String { words.phrase }

  /// What stands for the value in a usage line: `N`, `FILE`, `on|off`.
  public var placeholder: String { words.placeholder }

  /// The limits for a table of options: "from 1 to 1000", or empty.
  public var limits: String { words.limits }

  private var words: (phrase: String, placeholder: String, limits: String) {
    switch self {
    case .integer(let range):
      return ("a whole number" + Self.bounds(range), "N", Self.limits(Self.bounds(range)))
    case .real(let range):
      return ("a number" + Self.bounds(range), "X", Self.limits(Self.bounds(range)))
    case .fraction(let range):
      let bounds = Self.bounds(range)
      return ("a share such as 0.8 or 80%" + bounds, "X", Self.limits(bounds))
    case .span(let range):
      let bounds = Self.bounds(range)
      return ("a range such as ..40, 20..40 or 60.." + bounds, "X..Y", Self.limits(bounds))
    case .duration: return ("a duration such as 5s or 2m", "TIME", "")
    case .flag: return ("on or off", "on|off", "")
    case .choice(let choices):
      let words = choices.map(\.word)
      let areFew = words.count <= 4
      return (
        words.joined(with: "or"), areFew ? words.joined(separator: "|") : "WORD",
        areFew ? "" : words.joined(separator: ", ")
      )
    case .text: return ("a text", "TEXT", "")
    case .name: return ("a name", "NAME", "")
    case .path: return ("a file", "FILE", "")
    case .seed: return ("a whole number from 0", "N", "")
    case .object(let kinds) where kinds.isEmpty: return ("an object", "OBJECT", "")
    case .object(let kinds):
      let placeholder = kinds.map { $0.word.uppercased() }.joined(separator: "|")
      return (kinds.map(\.phrase).joined(with: "or"), placeholder, "")
    case .integers(let range):
      let bounds = Self.bounds(range)
      return (
        "whole numbers\(bounds), such as 3, 0..7 or [1, 4]", "N|N..N|[N, …]", Self.limits(bounds)
      )
    case .series(let range):
      let bounds = Self.bounds(range)
      return (
        "numbers\(bounds), such as 0..30 or [0, 2.5, 5]", "N..N|[N, …]", Self.limits(bounds)
      )
    case .calls: return ("a list of layers such as [conv(32, 3), relu, pool]", "[LAYER, …]", "")
    case .list(let element, let count):
      let number = count == 1...10_000 ? "" : Self.count(count) + " "
      return (
        "a list of \(number)values, each \(element.phrase)", "[\(element.placeholder), …]",
        element.limits
      )
    case .either(let first, let second):
      return (
        "\(first.phrase), or \(second.phrase)", "\(first.placeholder)|\(second.placeholder)",
        [first.limits, second.limits].filter { !$0.isEmpty }.joined(separator: ", or ")
      )
    case .words: return ("words", "WORDS", "")
    case .part(let noun, _): return ("the name of a \(noun)", noun.uppercased(), "")
    case .condition: return ("a condition such as memory > 50", "CONDITION", "")
    case .topics: return ("a command", "TOPIC", "")
    case .command: return ("a command", "COMMAND", "")
    case .form(let phrase, let placeholder, _): return (phrase, placeholder, "")
    }
  }

  private static func count(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  /// Bounds that no word stands before.
  private static func limits(_ bounds: String) -> String { String(bounds.drop { $0 == " " }) }

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
      words.append("to " + range.upper.plainText)
    }
    return words.isEmpty ? "" : " " + words.joined(separator: words.count > 1 ? " " : "")
  }
}
