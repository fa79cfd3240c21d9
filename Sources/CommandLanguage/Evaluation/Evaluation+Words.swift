/// Bare words that would be texts where something is worked out, and are meant otherwise.
extension Evaluation {
  /// What is wrong with a word; nil for most.
  ///
  /// - Parameter text: As it was written.
  func foreignWord(_ word: String, _ text: TextExpression) -> LanguageError.Fact? {
    func form(_ hint: String) -> LanguageError.Fact {
      .foreignForm("'\(text)' is a word", hint: hint, topic: "expressions")
    }
    if ["None", "null", "NULL", "nil", "undefined"].contains(word) {
      return form("write \"\" for an empty text, or 'exists NAME' to ask for an object")
    }
    // Most words have none of these signs: `rp-8` is looked at no further.
    let signs = word.utf8.reduce(into: (hasDot: false, isSum: false)) { signs, byte in
      if byte == UInt8(ascii: ".") { signs.hasDot = true }
      if "+*^%".utf8.contains(byte) { signs.isSum = true }
    }
    let isNumeric = word.utf8.first.map { $0 < 0x3A } ?? false
    guard signs.hasDot || signs.isSum || isNumeric, word.utf8.count <= 200 else { return nil }
    if signs.hasDot, let (first, last) = ends(of: word), text.plainWord != nil {
      return form("write \(first)..\(last)")
    }
    if isNumeric && isSum(word) || signs.isSum && !text.refersToVariables,
      let meant = text.withBlanks(isMeant: isVariable)
    {
      return .operatorWithoutBlanks("\(text)", meant: meant)
    }
    let dot = ObjectReference.split(word)
    guard dot < word.endIndex, directory.kind(of: String(word[..<dot])) != nil else { return nil }
    let figure = String(word[word.index(after: dot)...].prefix { $0 != "(" })
    guard directory.objectFunctions.contains(where: { $0.name == figure }) else { return nil }
    return form("write \(figure)(\(word[..<dot]))")
  }

  private func isVariable(_ name: some StringProtocol) -> Bool { variables[String(name)] != nil }

  /// `3-1`, but no date such as 2024-01-31.
  private func isSum(_ word: String) -> Bool {
    word.wholeMatch(of: WordPattern.sum) != nil
      && word.wholeMatch(of: WordPattern.date) == nil
  }

  /// The ends of `0..n`, a range whose ends are no numbers.
  private func ends(of word: String) -> (String, String)? {
    guard let match = word.wholeMatch(of: WordPattern.wordRange) else { return nil }
    func end(_ text: Substring) -> String { isVariable(text) ? "$\(text)" : String(text) }
    let (first, last) = (end(match.1), end(match.2))
    return first.hasPrefix("$") || last.hasPrefix("$") ? (first, last) : nil
  }
}

extension TextExpression {
  /// A word such as `x+1`, with blanks and with `$` before variables; nil if it is no such sum.
  fileprivate func withBlanks(isMeant: (Substring) -> Bool) -> String? {
    guard quoting == .bare,
      let match = "\(self)".wholeMatch(
        of: WordPattern.joinedSum)
    else { return nil }
    var result = ""
    var rest = match.0[...]
    var isFirst = true
    while let part = rest.prefixMatch(of: WordPattern.sumPart) {
      rest = rest[part.range.upperBound...]
      let name = part.3
      let isBare = name.first?.isLetter ?? false
      // `kd-8` is a name, whatever `kd` is besides.
      if isBare, !isMeant(name) || part.1 == "-" { return nil }
      let value = part.2 + (isBare ? "$" : "") + name
      switch part.1 {
      case "//"?: result = "floor(\(result) / \(value))"
      case let sign?: result += isFirst ? sign + value : " \(sign == "**" ? "^" : sign) \(value)"
      case nil: result += value
      }
      isFirst = false
    }
    return rest.isEmpty ? result : nil
  }
}

/// Read once: a pattern is never changed.
private enum WordPattern {
  nonisolated(unsafe) static let sum = /[-+]?[0-9.]+(?:(?:[-+\/^%]|\*\*?|\/\/)[0-9.]+)+/
  nonisolated(unsafe) static let date = /[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?/
  nonisolated(unsafe) static let wordRange = /(-?\w+)\.\.(-?\w+)/
  nonisolated(unsafe) static let joinedSum =
    /([-+]?\$?\{?[\w.]+\}?)((?:[-+\/^%]|\*\*?|\/\/)\$?\{?[\w.]+\}?)+/
  nonisolated(unsafe) static let sumPart = /(\*\*?|\/\/?|[-+^%])?([-+]?)(\$?\{?[\w.]+\}?)/
}
