/// An expression of Python, or of a relative of C, as it is written here: `len(x) ** 2` is
/// `length($x) ^ 2`.
struct ForeignExpression {
  /// What is an object's name, and stands for itself.
  private let isObject: (String) -> Bool
  private var rest: Substring
  /// What was translated so far, with a blank between two words.
  private var words: [String] = []

  /// How it is written here; nil for what has no such form.
  static func translated(_ text: some StringProtocol, isObject: (String) -> Bool) -> String? {
    withoutActuallyEscaping(isObject) { isObject in
      var expression = ForeignExpression(isObject: isObject, rest: Substring(text))
      guard (try? expression.translate()) != nil else { return nil }
      return expression.words.joined(separator: " ")
    }
  }

  private struct NoForm: Error {}

  private init(isObject: @escaping (String) -> Bool, rest: Substring) {
    self.isObject = isObject
    self.rest = rest
  }

  private static let signs = [
    "**": "^", "&&": "and", "||": "or", "===": "==", "!==": "!=", "<>": "!=", "is": "==",
  ]
  private static let words = [
    "True": "on", "False": "off", "None": "\"\"", "null": "\"\"", "nil": "\"\"",
  ]
  private static let kept: Set<String> = [
    "and", "or", "not", "in", "exists", "on", "off", "true", "false", "yes", "no",
  ]

  private mutating func translate() throws(NoForm) {
    while !rest.isEmpty {
      rest = rest.drop(while: \.isWhitespace)
      if let text = take(ForeignPattern.text) {
        words.append(Self.quoted(text))
      } else if let number = take(ForeignPattern.number) {
        words.append(String(number))
      } else if let name = takeName() {
        try translate(name: String(name))
      } else if take(ForeignPattern.floorDivision) != nil {
        guard let left = words.popLast(), let right = operand() else { throw NoForm() }
        words.append("floor(\(left) / \(try inner(right)))")
      } else if let sign = take(ForeignPattern.operatorSign) {
        translate(sign: String(sign))
      } else if rest.first == "!" {
        rest.removeFirst()
        words.append("not")
      } else {
        try translateBrackets()
      }
    }
  }

  private mutating func take<Output>(_ regex: Regex<Output>) -> Substring? {
    guard let match = rest.prefixMatch(of: regex), !match.range.isEmpty else { return nil }
    rest = rest[match.range.upperBound...]
    return Substring(match.0 as? Substring ?? "")
  }

  /// A name; `-` belongs to it in the names of objects alone.
  private mutating func takeName() -> Substring? {
    let start = rest
    if let name = take(ForeignPattern.objectName), isObject(String(name)) { return name }
    rest = start
    return take(ForeignPattern.name)
  }

  /// Whether a value may stand next, so that `-` belongs to it.
  private var isAtValue: Bool {
    guard let last = words.last else { return true }
    return Self.kept.contains(last) && !["on", "off"].contains(last)
      || last.allSatisfy { "+-*/%^<>=!".contains($0) }
  }

  private mutating func translate(sign: String) {
    if sign == "-", isAtValue, let operand = operand(), let value = try? inner(operand) {
      words.append("-" + value)
    } else {
      words.append(Self.signs[sign] ?? sign)
    }
  }

  /// What belongs together next: a name or number, with brackets joined to it.
  private mutating func operand() -> Substring? {
    rest = rest.drop(while: \.isWhitespace)
    let start = rest
    if rest.first == "(" {
      guard bracketed() != nil else { return nil }
    } else if take(ForeignPattern.operand) == nil {
      return nil
    }
    while ["(", "["].contains(rest.first), bracketed() != nil {}
    return start[start.startIndex..<rest.startIndex]
  }

  private func inner(_ text: some StringProtocol) throws(NoForm) -> String {
    guard let inner = Self.translated(text, isObject: isObject) else { throw NoForm() }
    return inner
  }

  /// What stands in the brackets that open next.
  private mutating func bracketed() -> Substring? {
    var nesting = Nesting()
    for index in rest.indices where nesting.pass(rest[index]) {
      guard nesting.depth == 0, ")]}".contains(rest[index]) else { continue }
      let inner = rest[rest.index(after: rest.startIndex)..<index]
      rest = rest[rest.index(after: index)...]
      return inner
    }
    return nil
  }

  // MARK: Names and calls

  private mutating func translate(name: String) throws(NoForm) {
    if name == "is" {
      words.append("==")
    } else if name == "lambda" || name == "for" || name == "if" || name == "else" {
      throw NoForm()
    } else if name == "not", words.last == "==" {
      words[words.count - 1] = "!="
    } else if let word = Self.words[name] {
      words.append(word)
    } else if Self.kept.contains(name) {
      if name == "in", words.last == "not", words.count > 1 {
        words.removeLast()
        words.insert("not", at: 0)
      }
      words.append(name)
    } else if rest.first == "(", let inside = bracketed() {
      words.append(try call(name, inside))
    } else {
      words.append(name.hasPrefix("$") || isObject(name) ? name : "$" + name)
    }
    try translateElements()
  }

  /// Behind a value: `[0]`, or `[1:3]`, whose end does not belong to it there.
  private mutating func translateElements() throws(NoForm) {
    while rest.first == "[", let value = words.last, let inside = bracketed() {
      let ends = Self.parts(inside, at: ":")
      let place: String
      if ends.count == 2 {
        let end = Int(ends[1].filter { !$0.isWhitespace })
        let last = if let end { "\(end - 1)" } else { try inner(ends[1]) }
        place = (ends[0].isEmpty ? "0" : try inner(ends[0])) + ".." + (last.isEmpty ? "-1" : last)
      } else {
        place = try inner(inside)
      }
      words[words.count - 1] = "\(value)[\(place)]"
    }
  }

  private func call(_ name: String, _ inside: Substring) throws(NoForm) -> String {
    let given = Self.parts(inside, at: ",")
    var arguments: [String] = []
    for argument in given where !argument.allSatisfy(\.isWhitespace) {
      if let sign = argument.firstMatch(of: ForeignPattern.argumentName) {
        arguments.append("\(sign.1)=\(try inner(argument[sign.range.upperBound...]))")
      } else {
        arguments.append(try inner(argument))
      }
    }
    let first = arguments.first ?? ""
    let renamed = [
      "len": "length", "avg": "mean", "average": "mean", "std": "sd", "stdev": "sd",
      "int": "floor", "sorted": "sort", "set": "unique", "reversed": "reverse",
      "math.sqrt": "sqrt", "math.log": "log", "math.exp": "exp", "math.floor": "floor",
      "math.ceil": "ceil", "np.mean": "mean", "np.std": "sd", "np.sqrt": "sqrt",
    ]
    switch (name, arguments.count) {
    case ("range", 1): return Self.range(from: "0", to: first)
    case ("range", 2): return Self.range(from: first, to: arguments[1])
    case ("range", 3): return "range(\(first), \(Self.less(arguments[1])), \(arguments[2]))"
    case ("enumerate", 1): return Self.range(from: "0", to: "length(\(first))")
    case ("str", 1):
      return first.hasPrefix("$") && first.dropFirst().allSatisfy(\.continuesName)
        ? "\"\(first)\"" : "\"\" + \(first)"
    case ("float", 1), ("list", 1), ("bool", 1), ("tuple", 1): return first
    case ("pow", 2): return "\(first) ^ \(arguments[1])"
    default: return "\(renamed[name] ?? name)(\(arguments.joined(separator: ", ")))"
    }
  }

  /// The numbers from one up to, but without, another: here both ends belong to a range.
  private static func range(from first: String, to end: String) -> String {
    if let first = Int(first), let end = Int(end), end > first { return "[\(first)..\(end - 1)]" }
    return "range(\(first), \(less(end)))"
  }

  private static func less(_ end: String) -> String {
    Int(end).map { "\($0 - 1)" } ?? "\(end) - 1"
  }

  // MARK: Brackets and texts

  private mutating func translateBrackets() throws(NoForm) {
    guard let bracket = rest.first, "([".contains(bracket), let inside = bracketed() else {
      throw NoForm()
    }
    let parts = Self.parts(inside, at: ",")
    let values = try parts.filter { !$0.allSatisfy(\.isWhitespace) }
      .map { part throws(NoForm) in try inner(part) }
    // A tuple is a list here.
    words.append(
      bracket == "(" && parts.count == 1
        ? "(\(values.joined()))" : "[\(values.joined(separator: ", "))]")
    try translateElements()
  }

  /// The pieces of a text between marks that stand in no brackets and quotes.
  static func parts(_ text: Substring, at mark: Character) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var nesting = Nesting()
    for index in text.indices where nesting.pass(text[index]) {
      guard nesting.depth == 0, text[index] == mark else { continue }
      parts.append(text[start..<index])
      start = text.index(after: index)
    }
    return parts + [text[start...]]
  }

  /// A text, with `{x}` of an f-string as `${x}`, and the format behind `:` left out.
  static func quoted(_ text: Substring) -> String {
    guard let mark = text.first, "fF".contains(mark) else { return String(text) }
    let inside = text.dropFirst(2).dropLast()
    return "\""
      + inside.replacing(ForeignPattern.placeholder) { "${\($0.1)}" } + "\""
  }
}
