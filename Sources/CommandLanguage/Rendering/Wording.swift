import PlainText

/// The words of an error: the one place where facts become sentences.
public struct Wording: Hashable, Sendable {
  public var message: String
  /// What stands behind the caret.
  public var suggestion: String?
  /// What to type to learn more.
  public var help: String?

  init(_ message: String, _ suggestion: String? = nil, help: String? = nil) {
    self.message = message.withoutControls
    self.suggestion = suggestion?.withoutControls
    self.help = help?.withoutControls
  }

  fileprivate func with(help: String) -> Wording {
    var wording = self
    wording.help = help
    return wording
  }
}

extension LanguageError {
  public var wording: Wording { fact.wording }
}

extension LanguageError.Fact {
  var wording: Wording {
    switch self {
    case .unterminatedText(let quote): Wording("the text is not closed", "add \(quote)")
    case .invalidEscape(let escape):
      Wording("unknown escape '\\\(escape)'", "there are \\n \\t \\\" \\\\ \\$ \\u{…}")
    case .invalidReference: Wording("'${' without a name and '}'", "write ${name}")
    case .strayBackslash:
      Wording("'\\' at the end of a word", "at a line's end it continues the line; else quote it")
    case .strayMark: Wording("a mark that joins with other characters", "quote it: \"\\u{…}\"")
    case .strayComma: Wording("',' outside a list", "a list is [a, b]; a text is 'a, b'")
    case .unclosed(let bracket):
      Wording("'\(bracket.rawValue)' is not closed", "add '\(bracket.closing)'")
    case .unmatchedClosing(let bracket): Wording("'\(bracket)' closes nothing")
    case .unexpected(let text): Wording("unexpected \(text)")
    case .expected(let expected, let found): Wording("expected \(expected), found \(found)")
    case .missingValue(let option):
      Wording("'\(option)' has no value", "write \(option)=VALUE, without blanks")
    case .missingFile: Wording("no file's name after '>'")
    case .missingResultName: Wording("no name after 'as'")
    case .afterResultName(let found):
      Wording("only '> FILE' may follow 'as NAME', found '\(found)'", "move it before 'as'")
    case .afterOutput(let found):
      Wording("nothing may follow '> FILE', found '\(found)'", "move it before '>'")
    case .blanksAroundEquals: Wording("blanks around '='", "write option=value")
    case .assignmentWithoutLet(let assignment, let meant):
      Wording(
        "'\(assignment.name) =' is not a command",
        "write " + (meant ?? "let \(assignment.name) = VALUE, or COMMAND as \(assignment.name)"))
    case .parentheses(let call, let meant):
      Wording(
        "commands have no parentheses",
        "write " + (meant ?? "\(call.verb) WORDS OPTION=VALUE, with blanks between"))
    case .singleEquals: Wording("'=' does not compare", "did you mean '=='?")
    case .strayComparison(let sign, let meant):
      Wording(
        "'\(sign.rawValue)' compares in conditions and parentheses only",
        "write " + (meant ?? "a range: ..40, 20..40 or 60.."))
    case .chainedComparison:
      Wording("two comparisons in a row", "write 1 < $x and $x < 3")
    case .requiredAfterOptional(let name):
      Wording(
        "'\(name)' has no value of its own, and one before it has", "move '\(name)' to the front")
    case .strayLeave(let word):
      word == "return"
        ? Wording("'return' stands within a function only", "write function NAME() { return … }")
        : Wording("'\(word)' stands within a loop only", "write while … { if … { \(word) } }")
    case .strayBranch(let word): Wording("'\(word)' without an 'if' before it")
    case .invalidName(let name):
      Wording(
        "'\(name)' cannot be a name",
        "a letter, then letters, digits, '_' or '-'; no word of the language")
    case .invalidVariable(let name):
      Wording("'\(name)' cannot be a variable", "a letter or '_', then letters, digits or '_'")
    case .nestedTooDeeply: Wording("lists or blocks nest too deeply")
    case .unsupportedVersion(let version):
      Wording(
        "language version \(version) is unknown",
        "this program knows versions 1 to \(Source.newestVersion)")
    // What is said of verbs.
    case .unknownCommand(let word, let suggestion):
      Wording("unknown command '\(word)'", didYouMean(suggestion), help: "help")
    case .habit(let word, .verb, let hint):
      Wording("unknown command '\(word)'", hint, help: "help")
    case .habit(let word, .argument, let hint): Wording("unexpected '\(word)'", hint)
    case .foreignForm(let message, let hint, let topic):
      Wording(message, hint, help: "help \(topic)")
    case .incompleteCommand(let word, let continuations):
      Wording(
        "'\(word)' needs a second word",
        continuations.map { "\(word) \($0)" }.joined(with: "or"), help: "help \(word)")
    case .ambiguousCommand(let word, let candidates):
      Wording("'\(word)' is ambiguous", candidates.joined(with: "or"), help: "help")
    case .abbreviatedDestruction(let word, let command):
      Wording(
        "'\(word)' is an abbreviation, and '\(command)' is destructive: type it in full",
        "write '\(command)'", help: "help \(command)")
    // Of arguments.
    case .argument(let fact, let command):
      fact.wording(of: command).with(help: "help \(fact.maker ?? command)")
    case .repeatedOption(let option): Wording("option '\(option)' is given twice")
    case .optionOfOthers(let option, let called, let word, let others, let reason):
      Wording(
        (reason.map { $0 + ", so it" } ?? "'\(word)'") + " has no option '\(called)'"
          + (called == option ? "" : " ('\(option)' here)"),
        "\(others.abridged()) \(others.count == 1 ? "has" : "have") it",
        help: "help \(reason == nil ? others[0] : word)")
    case .interrupted: Wording("interrupted")
    // Of variables and expressions.
    case .unknownVariable(let name, let suggestion):
      Wording("unknown variable '\(name)'", didYouMean(suggestion))
    case .notAText(let found):
      Wording(
        "\(found) cannot be part of a text",
        found == "a list" ? "write (join($list)) or ($list[0]) outside the quotes" : nil)
    case .notNumbers(let operation, let found):
      Wording("'\(operation)' needs numbers, found \(found)")
    case .notComparable(let left, let right):
      Wording("cannot tell which is greater: \(left) or \(right)")
    case .notAList(let word, let found):
      Wording("'\(word)' needs a list or a range, found \(found)")
    case .notAPosition(let found):
      Wording("a position is a whole number or a range, found \(found)", "the first is 0")
    case .noElement(let position, let count):
      Wording(
        "there is no element \(position)",
        count == 0
          ? "the list is empty" : "positions are 0 to \(count - 1), or -1 for the last one")
    case .noColumn(let name, let table, let known):
      Wording(
        "'\(table)' has no column '\(name)'",
        didYouMean(name, among: known) ?? theColumns(known), help: "help tables")
    case .noColumnInCondition(let word, let suggestion, let known):
      Wording(
        word.map { "'\($0)' is no column of the table" } ?? "no column stands in this comparison",
        didYouMean(suggestion) ?? theColumns(known), help: "help tables")
    case .conditionExpected:
      Wording(
        "no condition follows 'where'", "write where memory > 50 and strategy == kd",
        help: "help tables")
    case .unknownFunction(let name, let suggestion):
      Wording("there is no function '\(name)'", didYouMean(suggestion), help: "help functions")
    case .functionOption(let option, let kind, let form):
      Wording(
        "of \(kind.phrase) it needs \(option)=", "write \(form)", help: "help functions")
    case .functionForm(let form):
      Wording("the function is written otherwise", "write \(form)", help: "help functions")
    case .functionTaken(let name):
      Wording("'\(name)' is a function of the language", "choose another name")
    case .functionsTooDeep(let limit):
      Wording("functions call each other more than \(limit) deep")
    case .noReturn(let name):
      Wording("'\(name)' gives no value", "'return VALUE' in it gives one")
    case .functionValue(let function, let expected, let found):
      Wording("'\(function)' needs \(expected), found \(found)", help: "help functions")
    case .tooFewValues(let function, let least, let found):
      Wording(
        "'\(function)' needs at least \(counted(least, "number")), found \(found)",
        help: "help functions")
    case .notACount(let found): Wording("'repeat' needs a whole number from 0, found \(found)")
    case .notACondition(let word, let found):
      Wording("'\(word)' needs a comparison, 'exists NAME', on or off, found \(found)")
    case .operatorWithoutBlanks(let text, let meant):
      Wording("'\(text)' is a word", "an operator has a blank on each side: \(meant)")
    case .wordOfVariable(let name):
      Wording("'\(name)' is a text here", "did you mean '$\(name)'? the text is \"\(name)\"")
    case .divisionByZero: Wording("division by zero")
    case .numberTooLarge: Wording("the result is too large")
    case .notANumber: Wording("the result is no number, as the root of -1 is none")
    case .tooManyRepetitions(let limit): Wording("more than \(limit) repetitions")
    case .failed(let failure):
      Wording(failure.message, failure.suggestion, help: failure.help)
    }
  }
}

extension ArgumentFact {
  fileprivate func wording(of command: String) -> Wording {
    switch self {
    case .unknownOption(let option, let suggestion):
      Wording("unknown option '\(option)' for '\(command)'", didYouMean(suggestion))
    case .otherName(let word, let option):
      Wording("unknown option '\(word)' for '\(command)'", "'\(command)' calls it '\(option)'")
    case .ambiguousOption(let option, let candidates):
      Wording("option '\(option)' is ambiguous", candidates.joined(with: "or"))
    case .missing(let form, let help):
      Wording("'\(command)' needs \(form)", help.uncapitalisedSentence)
    case .surplus(let text, let suggestion):
      Wording("unexpected '\(text)' for '\(command)'", didYouMean(suggestion))
    case .optionWithoutName(let option):
      Wording("'\(command)' takes this as an option", "write \(option)=…")
    case .dashes(let word, let option):
      Wording("unexpected '\(word)' for '\(command)'", "options have no dashes: \(option)=…")
    case .noResult: Wording("'\(command)' makes nothing that 'as' could name")
    case .noOutput: Wording("'\(command)' has nothing to write to a file")
    case .unsupportedFormat(let ending, let known, let other):
      Wording(
        ending.isEmpty
          ? "the file name has no extension, so the format is unknown"
          : "'\(command)' cannot write '.\(ending)'",
        "it writes " + known.map { ".\($0)" }.joined(with: "or")
          + (other.map { "; '\($0)' writes .\(ending)" } ?? ""))
    case .invalidValue(let option, let fact, let meant):
      meant.map { Wording(fact.wording(option).message, didYouMean($0)) } ?? fact.wording(option)
    }
  }

  /// The command that makes what is needed, where there is none of it yet.
  fileprivate var maker: String? {
    if case .invalidValue(_, let fact, _) = self { fact.maker } else { nil }
  }
}

extension ValueFact {
  fileprivate func wording(_ option: String?) -> Wording {
    let place = option.map { " for '\($0)'" } ?? ""
    switch self {
    case .wrongType(let expected, let found):
      return Wording("\(found) is not \(expected)\(place)")
    case .variableWithoutSign(let name, let expected):
      return Wording("'\(name)' is not \(expected)\(place)", "did you mean '$\(name)'?")
    case .callWithoutParentheses(let call, let expected):
      return Wording(
        "a call is not \(expected)\(place)", "a function's value stands in parentheses: (\(call))",
        help: "help expressions")
    case .outOfRange(let expected, let found):
      return Wording("\(found) is out of range\(place)", "expected \(expected)")
    case .unknownChoice(let word, let choices):
      let known = choices.count <= 16 ? "it can be \(choices.joined(with: "or"))" : nil
      return Wording("unknown word '\(word)'\(place)", didYouMean(word, among: choices) ?? known)
    case .unknownObject(let name, let expected, let available):
      // Where there is none, the first kind is needed: others are made of it.
      let kinds = available.isEmpty ? Array(expected.prefix(1)) : expected
      let kind = kinds.isEmpty ? "an object" : kinds.map(\.phrase).joined(with: "or")
      return Wording(
        "there is no object '\(name)'\(place)",
        (Self.areNumbered(available, as: name) ? nil : didYouMean(name, among: available))
          ?? Self.available(kind, available, maker: maker))
    case .unknownMember(let name, let base, let available):
      return Wording(
        "'\(base)' has no part '\(name)'\(place)",
        available.isEmpty
          ? nil
          : available.count > 6
            ? "it has \(available[0]) to \(available[available.count - 1])"
            : "it has \(available.joined(with: "or"))")
    case .wrongObject(let name, let kind, let expected, let members):
      return Wording(
        "'\(name)' is \(kind.phrase), not \(expected.map(\.phrase).joined(with: "or"))\(place)",
        members.isEmpty ? nil : "take \(members.abridged(with: "or"))")
    case .unknownCall(let name, let known):
      return Wording(
        "unknown layer '\(name)'",
        didYouMean(name, among: known) ?? "there are \(known.joined(with: "or"))")
    case .wrongArgumentCount(let call, let expected, let found):
      let count =
        expected.lowerBound == expected.upperBound
        ? "\(expected.lowerBound)" : "\(expected.lowerBound) to \(expected.upperBound)"
      return Wording("'\(call)' takes \(count) values, found \(found)")
    case .wrongCount(let expected, let found):
      return Wording(
        found == 0 ? "the list is empty\(place)" : counted(found, "value") + place,
        "expected \(expected)")
    case .reversedRange(let lower, let upper):
      return Wording(
        "the range \(lower)..\(upper) runs backwards\(place)",
        "did you mean \(upper)..\(lower)?")
    case .invalidName(let name):
      return LanguageError.Fact.invalidName(name).wording
    }
  }

  /// The command that makes what is needed, where there is none of it yet.
  fileprivate var maker: String? {
    guard case .unknownObject(_, let expected, []) = self else { return nil }
    return expected.lazy.compactMap(\.maker).first
  }

  /// Whether all are one name with numbers behind it, of which none is nearer than another: `kd-3`.
  private static func areNumbered(_ names: [String], as name: String) -> Bool {
    guard let dash = name.lastIndex(of: "-"), !names.isEmpty else { return false }
    let base = name[...dash]
    return names.allSatisfy { $0.hasPrefix(base) && UInt64($0.dropFirst(base.count)) != nil }
  }

  private static func available(_ kind: String, _ names: [String], maker: String?) -> String {
    if names.isEmpty {
      return "\(kind) is needed, and there is none yet"
        + (maker.map { ": '\($0)' makes one" } ?? "")
    }
    return "there \(names.count == 1 ? "is" : "are") \(names.abridged())"
  }
}

private func theColumns(_ known: [String]) -> String {
  known.count == 1 ? "the only column is \(known[0])" : "the columns are \(known.abridged())"
}

private func didYouMean(_ word: String, among known: [String]) -> String? {
  didYouMean(Suggestion.nearest(to: word, among: known))
}

private func didYouMean(_ suggestion: String?) -> String? {
  suggestion.map { "did you mean '\($0)'?" }
}

extension String {
  /// A sentence as part of another: "The network." becomes "the network".
  fileprivate var uncapitalisedSentence: String {
    guard let first else { return self }
    let isAcronym = dropFirst().first?.isUppercase ?? false
    let text = (isAcronym ? String(first) : first.lowercased()) + dropFirst()
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
