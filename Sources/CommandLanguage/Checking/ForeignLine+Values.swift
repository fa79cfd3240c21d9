/// Values and their parts, as other languages write them.
extension ForeignLine {
  /// One of two values by a condition, as `1 if x > 2 else 3` or `x > 2 ? 1 : 3`.
  var choice: Advice? {
    guard has("?") || text.contains(" else ") else { return nil }
    if let match = text.firstMatch(of: ForeignPattern.assignedChoice) {
      return choice(match.1, of: match.2, if: match.4, else: match.5, at: match.3)
    }
    if let match = text.firstMatch(of: ForeignPattern.assignedQuestion) {
      return choice(match.1, of: match.4, if: match.2, else: match.5, at: match.3)
    }
    if let match = text.firstMatch(of: ForeignPattern.choice) {
      return choice(around: match.range, of: match.1, if: match.3, else: match.4, at: match.2)
    }
    if let match = text.firstMatch(of: ForeignPattern.question) {
      return choice(around: match.range, of: match.3, if: match.1, else: match.4, at: match.2)
    }
    return nil
  }

  private func choice(
    _ name: Substring, of value: Substring, if condition: Substring, else other: Substring,
    at sign: Substring
  ) -> Advice? {
    choice(if: condition, value, other, at: sign) { "let \(name) = \($0)" }
  }

  /// - Parameter range: Of the parentheses: what stands around them is done with either value.
  private func choice(
    around range: Range<Substring.Index>, of value: Substring, if condition: Substring,
    else other: Substring, at sign: Substring
  ) -> Advice? {
    choice(if: condition, value, other, at: sign) {
      text[..<range.lowerBound].drop(while: \.isBlank) + $0 + text[range.upperBound...]
    }
  }

  private func choice(
    if condition: Substring, _ value: Substring, _ other: Substring, at sign: Substring,
    _ statement: (_ value: String) -> String
  ) -> Advice? {
    let (condition, value, other) = (here(condition), here(value), here(other))
    guard isOutsideTexts(sign), ![condition, value, other].contains("…") else { return nil }
    return advice(
      "a value has no '\(sign)' in it",
      "write if \(condition) { \(statement(value)) } else { \(statement(other)) }", "if", at: sign)
  }

  private func isOutsideTexts(_ sign: Substring) -> Bool {
    let before = text[..<sign.startIndex]
    return ["\"", "'"].allSatisfy { quote in before.count { String($0) == quote } % 2 == 0 }
  }

  /// Parts of expressions, from the longest to the shortest.
  var value: Advice? {
    if has("["), let match = text.firstMatch(of: ForeignPattern.comprehension) {
      return advice(
        "a list is filled in a loop here",
        "write for \(match.3) in \(here(match.4)) { let all = $all + [\(here(match.2))] }", "for",
        at: match.1)
    }
    if has(":"), let match = text.firstMatch(of: ForeignPattern.lambda) {
      return advice(
        "there is no 'lambda'", "write function NAME(\(match.2)) { return \(here(match.3)) }",
        "function", at: match.1)
    }
    if has("\"'"), let match = text.firstMatch(of: ForeignPattern.prefixedText),
      match.range.lowerBound == text.startIndex
        || !text[text.index(before: match.range.lowerBound)].continuesName
    {
      let quoted = ForeignExpression.quoted(match.0)
      return advice(
        "a text has no '\(match.1)' before it",
        "write \(quoted.first == "\"" ? quoted : String(match.2))", "expressions", at: match.1)
    }
    if has("\"'"), let match = text.firstMatch(of: ForeignPattern.tripleQuote) {
      return advice(
        "a text stands in one pair of quotes", "write \"…\", over several lines too", "expressions",
        at: match.1)
    }
    if has("$"), has("("), let match = text.firstMatch(of: ForeignPattern.shellValue) {
      return advice(
        "'$' stands before a variable's name",
        "'as NAME' names what a command makes, and functions give figures: accuracy(kd)",
        "expressions", at: match.1)
    }
    return condition ?? call ?? sign
  }

  /// A condition with signs of other languages, whole.
  private var condition: Advice? {
    guard
      let match = text.firstMatch(
        of: ForeignPattern.condition),
      let sign = match.2.firstMatch(of: ForeignPattern.conditionSign)
    else { return nil }
    return advice(
      "'\(sign.0)' is written otherwise here", "write \(match.1) \(here(match.2)) { … }",
      "expressions", at: sign.0)
  }

  /// A function of another language, or one that is called otherwise here.
  var call: Advice? {
    guard line.utf8.count <= Self.lengthLimit else { return nil }
    if has("."), let match = text.firstMatch(of: ForeignPattern.openRange) {
      return advice(
        "an end of '..' is a number or a variable", "write range(\(match.1), \(match.3))",
        "expressions", at: match.2)
    }
    if has("("), let match = text.firstMatch(of: ForeignPattern.otherFunction),
      let call = whole(from: match.1.startIndex)
    {
      let meant = here(call)
      if meant != String(call), meant != "…" {
        let message =
          match.2 == "range"
          ? "'range' needs both ends, and both belong to it" : "there is no function '\(match.2)'"
        return advice(message, "write \(meant)", "functions", at: match.2)
      }
    }
    if has("."), has("("), let match = text.firstMatch(of: ForeignPattern.method),
      !isObject(String(match.1))
    {
      let name = ["std": "sd", "len": "length", "size": "length"][match.3] ?? String(match.3)
      guard Function.named(name) != nil else { return nil }
      return advice(
        "a value has no '\(match.2)'", "write \(name)($\(match.1))", "functions", at: match.2)
    }
    return nil
  }

  /// A call's arguments as words of a command: `$x "a" ($x ^ 2)` of `print(x, "a", x ** 2)`; nil if one
  /// has no form here.
  var wordsOfCall: String? {
    guard let start = text.firstIndex(of: "("), let call = whole(from: start) else { return nil }
    var words: [String] = []
    for part in ForeignExpression.parts(call.dropFirst().dropLast(), at: ",") {
      var part = part.drop(while: \.isBlank)
      while part.last?.isBlank ?? false { part.removeLast() }
      let meant = here(part)
      guard meant != "…" else { return nil }
      words.append(
        meant.wholeMatch(of: ForeignPattern.singleWord) == nil ? "(\(meant))" : meant)
    }
    return words.joined(separator: " ")
  }

  /// A call from its name to the bracket that closes it.
  private func whole(from start: String.Index) -> Substring? {
    var open = 0
    for index in text[start...].indices {
      if text[index] == "(" { open += 1 }
      if text[index] == ")" {
        open -= 1
        if open == 0 { return text[start...index] }
      }
    }
    return nil
  }

  private var sign: Advice? {
    if has("*/&|<"), let match = text.firstMatch(of: ForeignPattern.otherOperator) {
      return advice(
        "'\(match.2)' is written otherwise here", "write \(here(match.0))", "expressions",
        at: match.2)
    }
    if has("["), has(":"), let match = text.firstMatch(of: ForeignPattern.slice) {
      return advice(
        "a part of a list is a range, both ends included", "write (\(here(match.0)))",
        "expressions", at: match.3)
    }
    if has("("), let match = text.firstMatch(of: ForeignPattern.tuple) {
      return advice("a list stands in '[ ]'", "write \(here(match.1))", "expressions", at: match.1)
    }
    if has("+-"), let match = text.firstMatch(of: ForeignPattern.signedNumber) {
      return advice(
        "an operator has a blank on each side", "write \(match.1) \(match.2) \(match.3)",
        "expressions", at: match.2)
    }
    if has("\"'"), let match = text.firstMatch(of: ForeignPattern.twoTexts) {
      return advice("'+' joins texts", "write \(match.1) + \(match.2)", "expressions", at: match.2)
    }
    return nil
  }
}
