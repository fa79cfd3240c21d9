import System

extension ValueKind where Value == Bool {
  /// `on` or `off`; yes, no, true and false will do.
  public static var flag: ValueKind<Bool> {
    ValueKind(.flag, spell: { $0 ? "on" : "off" }) { operand, _ throws(ValueProblem) in
      guard case .flag(let flag) = operand.value else {
        throw .wrongType(operand, expected: .flag)
      }
      return flag
    }
  }
}

extension ValueKind where Value == String {
  /// Any text, a number's or a flag's word included.
  public static var text: ValueKind<String> { plain(.text) }

  /// A file or folder; `~/` at its start becomes the home folder. Nothing looks at the disk.
  public static var path: ValueKind<String> {
    plain(.path).map(spelledBy: \.self) { path in
      guard path == "~" || path.hasPrefix("~/"), let home = Folders.home else { return path }
      return home + path.dropFirst()
    }
  }

  /// A name that a new object may have: a letter or `_`, then letters, digits, `_` and `-`.
  public static var name: ValueKind<String> {
    ValueKind(.name, spell: \.self) { operand, _ throws(ValueProblem) in
      guard let name = operand.plainText else { throw .wrongType(operand, expected: .name) }
      guard isObjectName(name) else {
        throw ValueProblem(.invalidName(name), at: operand.span)
      }
      return name
    }
  }

  /// One of a few words.
  public static func choice(_ choices: [ValueShape.Choice]) -> ValueKind<String> {
    ValueKind(.choice(choices), spell: \.self) { operand, _ throws(ValueProblem) in
      guard let word = operand.plainText else {
        throw .wrongType(operand, expected: .choice(choices))
      }
      guard choices.contains(where: { $0.word == word }) else {
        let words = choices.map(\.word)
        throw ValueProblem(
          .unknownChoice(
            word, choices: words, suggestion: Suggestion.nearest(to: word, among: words)),
          at: operand.span)
      }
      return word
    }
  }

  public static func choice(_ words: [String]) -> ValueKind<String> {
    choice(words.map { ValueShape.Choice($0) })
  }

  private static func plain(_ shape: ValueShape) -> ValueKind<String> {
    ValueKind(shape, spell: \.self) { operand, _ throws(ValueProblem) in
      guard let text = operand.plainText else { throw .wrongType(operand, expected: shape) }
      return text
    }
  }
}

extension ValueKind where Value: RawRepresentable<String> & CaseIterable {
  /// One of an enumeration's words: `.choice(of: Split.self)`.
  public static func choice(
    of type: Value.Type, _ summary: @Sendable (Value) -> String = { _ in "" }
  ) -> ValueKind<Value> {
    let choices = Value.allCases.map { ValueShape.Choice($0.rawValue, summary($0)) }
    let words = ValueKind<String>.choice(choices)
    return ValueKind(words.shape, spell: \.rawValue) { operand, directory throws(ValueProblem) in
      let word = try words.read(operand, directory)
      guard let value = Value(rawValue: word) else {
        throw .wrongType(operand, expected: words.shape)
      }
      return value
    }
  }
}

/// Whether an object may have this name.
public func isObjectName(_ name: String) -> Bool {
  guard let first = name.first, first.beginsName else { return false }
  return name.allSatisfy { $0.continuesName || $0 == "-" } && name.utf8.count <= 100
    && !reservedWords.contains(name)
}

/// Words that the grammar takes for itself.
private let reservedWords: Set<String> = [
  "version", "let", "for", "in", "repeat", "if", "elif", "else", "not", "exists", "as", "on", "off",
  "yes", "no", "true", "false",
]
