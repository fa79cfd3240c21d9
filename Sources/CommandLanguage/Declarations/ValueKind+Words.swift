import System

extension ValueKind where Value == Bool {
  /// `on` or `off`; yes, no, true and false will do.
  public static var flag: ValueKind<Bool> {
    single(.flag, spell: { $0 ? "on" : "off" }) {
      if case .flag(let flag) = $0.value { flag } else { nil }
    }
  }
}

extension ValueKind where Value == String {
  /// Any text, a number's or a flag's word included.
  public static var text: ValueKind<String> { word(.text) }

  /// A file or folder; `~/` at its start becomes the home folder. Nothing looks at the disk.
  public static var path: ValueKind<String> {
    word(.path).map(spelledBy: \.self) { path in
      guard path == "~" || path.hasPrefix("~/"), let home = Folders.home else { return path }
      return home + path.dropFirst()
    }
  }

  /// A name that a new object may have: a letter or `_`, then letters, digits, `_` and `-`.
  public static var name: ValueKind<String> {
    word(.name) { isObjectName($0) ? nil : .invalidName($0) }
  }

  /// A part of the object that another parameter names; the command's body says what is none.
  ///
  /// - Parameter noun: What such parts are called: `layer`.
  public static func part(_ noun: String, of parameter: some AnyParameter) -> ValueKind<String> {
    word(.part(noun: noun, of: parameter.name))
  }

  /// A column of the table that another parameter names, of which there is one with this name where
  /// the table is known.
  public static func column(of parameter: some AnyParameter) -> ValueKind<String> {
    part(ValueShape.column, of: parameter)
  }

  /// One of a few words.
  public static func choice(_ choices: [ValueShape.Choice]) -> ValueKind<String> {
    word(.choice(choices)) { word in
      let words = choices.map(\.word)
      return words.contains(word) ? nil : .unknownChoice(word, choices: words)
    }
  }

  public static func choice(_ words: [String]) -> ValueKind<String> {
    choice(words.map { ValueShape.Choice($0) })
  }

  /// - Parameter objection: What is wrong with a word, or nil.
  private static func word(
    _ shape: ValueShape, objection: @escaping @Sendable (String) -> ValueFact? = { _ in nil }
  ) -> ValueKind<String> {
    ValueKind(shape, spell: \.self) { operand, _ throws(ValueProblem) in
      guard let text = operand.plainText else { throw .wrongType(operand, expected: shape) }
      if let fact = objection(text) { throw ValueProblem(fact, at: operand.span) }
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

/// A name in which points within numbers are `_`, as a point stands before a part of an object:
/// `rp-0_003` for `rp-0.003`.
func objectName(of text: String) -> String {
  var name = ""
  let characters = Array(text)
  for (index, character) in characters.enumerated() {
    let isWithin =
      character == "." && index > 0 && characters[index - 1].isNumber
      && index + 1 < characters.count && characters[index + 1].isNumber
    name.append(isWithin ? "_" : character)
  }
  return name
}

/// Words that the grammar takes for itself.
private let reservedWords: Set<String> = [
  "version", "let", "for", "in", "repeat", "if", "elif", "else", "not", "exists", "as", "on", "off",
  "yes", "no", "true", "false",
]

extension ValueKind where Value == RowCondition {
  /// What stands behind `where`.
  public static var condition: ValueKind<RowCondition> {
    ValueKind(.condition, spell: \.description) { operand, _ throws(ValueProblem) in
      guard case .condition(let condition) = operand.value else {
        throw .wrongType(operand, expected: .condition)
      }
      return condition
    }
  }
}
