/// Words where something is worked out, that name a variable: `x` where `$x` was meant. In quotes they
/// are what they are.
extension Statement {
  /// The first such word. Elements of lists and what stands behind a sign may well be words: `if
  /// $strategy == memory`.
  func wordOfVariable(
    among variables: Variables, _ objects: some ObjectDirectory
  ) -> Located<String>? {
    func isMeant(_ name: String) -> Bool {
      variables[name] != nil && objects.kind(of: name) == nil
    }
    // What stands behind `where` names columns.
    let apart = Set(objects.objectFunctions.filter(\.takesCondition).map(\.name))
    switch self {
    case .assignment(_, let value), .giveBack(let value?, _):
      return value.wordOfVariable(isMeant, apart, stands: true)
    case .loop(let loop): return loop.values.wordOfVariable(isMeant, apart, stands: true)
    case .repetition(let count, _): return count.wordOfVariable(isMeant, apart, stands: true)
    case .loopWhile(let condition, _): return condition.wordOfVariable(isMeant, apart, stands: true)
    case .conditional(let branches, _):
      return branches.firstWord { $0.condition.wordOfVariable(isMeant, apart, stands: true) }
    case .command(let command):
      return command.arguments.firstWord { argument in
        guard case .group = argument.value.form else { return nil }
        return argument.value.wordOfVariable(isMeant, apart, stands: true)
      }
    default: return nil
    }
  }
}

extension Expression {
  /// - Parameters:
  ///   - isMeant: Whether a word is the name of a variable and of nothing else.
  ///   - apart: Functions that are asked of the rows of a table.
  ///   - stands: Whether this very expression is what is asked for, rather than one of several words.
  fileprivate func wordOfVariable(
    _ isMeant: (String) -> Bool, _ apart: Set<String>, stands: Bool
  ) -> Located<String>? {
    switch form {
    case .text(let text):
      guard stands, let word = text.plainWord, isMeant(word) else { return nil }
      return Located(word, at: span)
    case .list(let elements):
      return elements.firstWord { $0.wordOfVariable(isMeant, apart, stands: false) }
    case .call(let name, let arguments):
      guard !apart.contains(name.value) else { return nil }
      let isFunction = Function.named(name.value) != nil
      return arguments.firstWord { $0.value.wordOfVariable(isMeant, apart, stands: isFunction) }
    case .group(let inner), .not(let inner), .negative(let inner):
      return inner.wordOfVariable(isMeant, apart, stands: stands)
    case .operation(let operation, let left, let right):
      let (first, second) =
        switch operation {
        case .or, .and, .arithmetic: (true, true)
        case .comparison: (true, false)
        case .isIn: (false, true)
        }
      return left.wordOfVariable(isMeant, apart, stands: first)
        ?? right.wordOfVariable(isMeant, apart, stands: second)
    case .element(let whole, let place):
      return whole.wordOfVariable(isMeant, apart, stands: false)
        ?? place.wordOfVariable(isMeant, apart, stands: true)
    case .exists, .condition: return nil
    }
  }
}

extension Sequence {
  fileprivate func firstWord(_ word: (Element) -> Located<String>?) -> Located<String>? {
    for element in self {
      if let word = word(element) { return word }
    }
    return nil
  }
}
