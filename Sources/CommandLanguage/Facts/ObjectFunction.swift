/// A function that gives what an object came to: `accuracy(kd, task=2)`.
///
/// A session knows which there are and what they give; while a script is checked ahead, their objects
/// are looked up, and their values are known later.
public struct ObjectFunction: Sendable {
  public let name: String
  /// How it is written: `accuracy(RUN [, task=N])`.
  public let form: String
  /// One sentence.
  public let summary: String
  /// What its first argument may be; empty for a text.
  public let kinds: [ObjectKind]
  /// How many words stand behind the first.
  let words: Int
  let options: [String]
  /// What those of its options may be that name an object.
  let optionKinds: [String: [ObjectKind]]
  /// The option that has to be given where the first argument is of this kind.
  let optionOfKind: [ObjectKind: String]
  /// Whether a condition on the rows of a table may stand behind the words.
  let takesCondition: Bool

  /// The position of the condition among the arguments.
  var conditionPlace: Int? { takesCondition ? 1 + words : nil }

  public init(
    _ form: String, _ summary: String, of kinds: [ObjectKind], words: Int = 0,
    options: [String] = [], optionKinds: [String: [ObjectKind]] = [:],
    optionOfKind: [ObjectKind: String] = [:], takesCondition: Bool = false
  ) {
    name = String(form.prefix { $0 != "(" })
    self.form = form
    self.summary = summary
    self.kinds = kinds
    self.words = words
    self.options = options + optionKinds.keys.sorted()
    self.optionKinds = optionKinds
    self.optionOfKind = optionOfKind
    self.takesCondition = takesCondition
  }
}

/// A function of an object with its arguments.
public struct ObjectCall: Sendable {
  public let function: String
  /// The object's name as written, or the text.
  public let subject: String
  public let words: [Operand]
  /// By name.
  public let options: [String: Operand]
}
