/// What is wrong with a statement, and where; `Wording.swift` puts it into words.
public struct LanguageError: Error, Hashable, Sendable {
  public var fact: Fact
  public var span: Span
  public var source: Source
  /// What else is wrong with the same script, found at the same time.
  public var others: [LanguageError] = []

  public init(_ fact: Fact, at span: Span, in source: Source) {
    self.fact = fact
    self.span = span
    self.source = source
  }

  /// All errors of a script as one, the first in front; nil if there are none.
  public init?(_ errors: [LanguageError]) {
    guard let first = errors.first else { return nil }
    self = first
    others = Array(errors.dropFirst())
  }

  public enum Fact: Hashable, Sendable {
    // The form of a statement.
    case unterminatedText(quote: Character)
    case invalidEscape(String)
    case invalidReference
    case strayBackslash
    case strayComma
    case strayMark
    case unclosed(Bracket)
    case unmatchedClosing(Character)
    case unexpected(String)
    case expected(String, found: String)
    case missingValue(option: String)
    case missingFile
    case missingResultName
    case afterResultName(String)
    case afterOutput(String)
    case blanksAroundEquals
    /// `meant` is how it is written here, where that is known.
    case assignmentWithoutLet(ForeignAssignment, meant: String? = nil)
    case parentheses(ForeignCall, meant: String? = nil)
    case singleEquals
    /// Outside of a condition; `meant` is the option with a range, where that is known.
    case strayComparison(Comparison, meant: String?)
    case chainedComparison
    case requiredAfterOptional(String)
    case strayBranch(String)
    /// `break`, `next` or `return` where nothing is to be left.
    case strayLeave(String)
    case invalidName(String)
    case invalidVariable(String)
    case nestedTooDeeply
    case unsupportedVersion(Int)

    // The verb.
    case unknownCommand(String, suggestion: String?)
    /// A word of other tools: `hint` says what to do instead.
    case habit(String, Habit.Place, hint: String)
    /// A form of another language: what is wrong, what to write, and the topic of help that tells more.
    case foreignForm(String, hint: String, topic: String)
    case incompleteCommand(String, continuations: [String])
    case ambiguousCommand(String, candidates: [String])
    case abbreviatedDestruction(String, command: String)

    // The arguments.
    case argument(ArgumentFact, command: String)
    case repeatedOption(String)
    /// An option that goes with other words of a choice: not with `finetune`, but with those of
    /// `others`.
    case optionOfOthers(
      String, called: String, word: String, others: [String], reason: String? = nil)

    // Variables.
    case unknownVariable(String, suggestion: String?)
    case notAText(found: String)
    case notNumbers(operation: String, found: String)
    case notComparable(String, String)
    /// `sign` is what needs one: `for`, `in`.
    case notAList(of: String, found: String)
    case notAPosition(found: String)
    case noElement(Int, count: Int)
    case noColumn(String, table: String, known: [String])
    /// A comparison behind `where` has no column in it; the word is what may be meant as one.
    case noColumnInCondition(String?, suggestion: String?, known: [String])
    /// Behind `where` stands something else.
    case conditionExpected
    case unknownFunction(String, suggestion: String?)
    case functionForm(String)
    /// A function that needs an option for this kind of object.
    case functionOption(String, of: ObjectKind, form: String)
    case functionTaken(String)
    case functionsTooDeep(limit: Int)
    /// It was used as a value and returned none.
    case noReturn(String)
    case functionValue(function: String, expected: String, found: String)
    case tooFewValues(function: String, least: Int, found: Int)
    case notACount(found: String)
    /// `word` is what asks: `if`, `and`.
    case notACondition(of: String, found: String)
    /// `3-1`, which is a word; `meant` has the blanks.
    case operatorWithoutBlanks(String, meant: String)
    /// A word where something is worked out, that is the name of a variable too.
    case wordOfVariable(String)
    case divisionByZero
    case numberTooLarge
    case notANumber
    case tooManyRepetitions(limit: Int)

    /// Somebody asked to stop, between two statements.
    case interrupted
    /// The statement was right, and running it failed.
    case failed(Failure)
  }

  /// A call as other languages write it: `net.fit(T, epochs=5)`.
  public struct ForeignCall: Hashable, Sendable {
    /// What stands before the parentheses.
    public var verb: String
    /// What stands between them, as far as it can be read.
    public var arguments: [CommandStatement.Argument] = []
    /// Whether it could be read to the closing parenthesis.
    public var isWhole = false
  }

  /// An assignment as other languages write it: `net = simplecnn`.
  public struct ForeignAssignment: Hashable, Sendable {
    public var name: String
    public var value: Value

    public enum Value: Hashable, Sendable {
      case call(ForeignCall)
      /// The words behind the sign; none if they cannot be read.
      case words([CommandStatement.Argument])
    }
  }
}

/// What is wrong with an argument of a command, whose help tells more.
public enum ArgumentFact: Hashable, Sendable {
  case unknownOption(String, suggestion: String?)
  /// A word of other tools for one of the command's options.
  case otherName(String, option: String)
  case ambiguousOption(String, candidates: [String])
  /// `form` is how it would be written.
  case missing(form: String, help: String)
  case surplus(String, suggestion: String? = nil)
  case optionWithoutName(option: String)
  case dashes(String, option: String)
  case noResult
  case noOutput
  /// `other` is a command on the same objects that writes the form.
  case unsupportedFormat(String, known: [String], other: String?)
  /// `meant` is the statement as it should be, where that is known.
  case invalidValue(option: String?, ValueFact, meant: String? = nil)
}

/// What is wrong with one value.
public enum ValueFact: Hashable, Sendable {
  case wrongType(expected: String, found: String)
  /// A word of the wrong type that is a variable's name.
  case variableWithoutSign(String, expected: String)
  /// A function's call that is no value as it stands.
  case callWithoutParentheses(String, expected: String)
  case outOfRange(expected: String, found: String)
  case unknownChoice(String, choices: [String])
  case unknownObject(String, expected: [ObjectKind], available: [String])
  case unknownMember(String, of: String, available: [String])
  /// `members` are objects of the expected kinds that go by this common name.
  case wrongObject(String, kind: ObjectKind, expected: [ObjectKind], members: [String] = [])
  case unknownCall(String, known: [String])
  case wrongArgumentCount(call: String, expected: ClosedRange<Int>, found: Int)
  case wrongCount(expected: String, found: Int)
  case reversedRange(lower: String, upper: String)
  case invalidName(String)
}

/// A problem that a command met while it ran, in words; thrown by bodies.
public struct Failure: Error, Hashable, Sendable {
  public var message: String
  /// Goes behind the caret, as "did you mean 'epochs'?" does.
  public var suggestion: String?
  /// What to type to learn more; without it the command's own help is named.
  public var help: String?
  /// The parameter whose words the caret shall mark, or `output`; without it, the verb.
  public var parameter: String?
  /// What is wrong, where no parameter is named: the caret marks the argument, or the element of a list, that
  /// is this word.
  public var subject: String?
  /// Whether somebody stopped the command: that is no error, and is told in one sentence.
  public var isStop = false

  /// Stands for the file behind `>`, where that is what is wrong.
  public static let output = ">"
  /// Stands for the name after `as`.
  public static let result = "as"

  public init(
    _ message: String, suggestion: String? = nil, help: String? = nil, parameter: String? = nil,
    subject: String? = nil
  ) {
    self.subject = subject
    self.message = message
    self.suggestion = suggestion
    self.help = help
    self.parameter = parameter
  }
}

/// Words of other tools that mean nothing here, and what to do instead.
public struct Habit: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// Where a command should stand: `cd`.
    case verb
    /// Among a command's words; others may be joined to it: `| less`, `|less`.
    case argument
  }

  public let words: [String]
  public let place: Place
  /// Stands behind the caret; begins in lower case.
  public let hint: String

  public init(_ words: String..., at place: Place = .verb, hint: String) {
    self.words = words
    self.place = place
    self.hint = hint
  }
}
