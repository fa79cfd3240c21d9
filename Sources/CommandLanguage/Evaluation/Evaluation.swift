/// Works out values with a script's variables; errors have their place in its source.
struct Evaluation {
  let variables: Variables
  let source: Source
  let directory: any ObjectDirectory
  /// Whether functions are worked out: in `let`, conditions and parentheses. In a command's plain
  /// arguments `conv(32, 5)` and its like stand for themselves.
  private var worksOut: Bool
  /// Whether a call must be one of a function: in parentheses, but for lists, which may be of layers.
  private var isStrict = false

  init(
    _ variables: Variables, in source: Source, _ directory: any ObjectDirectory = NoObjects(),
    ofArguments: Bool = false
  ) {
    self.variables = variables
    self.source = source
    self.directory = directory
    worksOut = !ofArguments
  }

  func error(_ fact: LanguageError.Fact, at span: Span) -> LanguageError {
    LanguageError(fact, at: span, in: source)
  }

  /// The value of an expression, with all references looked up.
  func value(of expression: Expression) throws(LanguageError) -> Operand {
    let span = expression.span
    switch expression.form {
    case .text(let text): return try value(of: text, at: span)
    case .list(let elements):
      var evaluation = self
      evaluation.isStrict = false
      return try list(
        elements.map { element throws(LanguageError) in try evaluation.value(of: element) }, span)
    case .call(let name, let arguments): return try value(of: name, arguments, at: span)
    case .group(let inner):
      var evaluation = self
      (evaluation.worksOut, evaluation.isStrict) = (true, true)
      var operand = try evaluation.value(of: inner)
      operand.span = span
      return operand
    case .operation(let operation, let left, let right):
      return try result(of: operation, left, right, at: span)
    case .not(let inner): return operand(try holds(inner, for: "not").map { !$0 }, at: span)
    case .negative(let inner): return try negative(value(of: inner), at: span)
    case .exists(let name):
      let name = try value(of: name)
      return name.isLater
        ? .later(at: span)
        : operand(
          directory.kind(of: name.spelling) ?? directory.kind(of: objectName(of: name.spelling))
            != nil, at: span)
    case .element(let whole, let place):
      return try element(of: value(of: whole), at: value(of: place), span)
    case .condition(let inner): return try condition(inner, at: span)
    }
  }

  private func value(
    of name: Located<String>, _ arguments: [CommandStatement.Argument], at span: Span
  ) throws(LanguageError) -> Operand {
    let objectFunction =
      worksOut ? directory.objectFunctions.first { $0.name == name.value } : nil
    var operands: [Operand] = []
    for (index, argument) in arguments.enumerated() {
      let isCondition = objectFunction?.conditionPlace == index
      operands.append(
        isCondition
          ? try condition(argument.value, at: argument.span) : try value(of: argument.value))
    }
    if worksOut, directory.isFunction(name.value) { return .later(at: span) }
    if worksOut, let function = Function.named(name.value) {
      if let named = arguments.first(where: { $0.key != nil }) {
        throw error(.functionForm(function.form), at: named.span)
      }
      return try value(of: function, operands, at: span)
    }
    if let objectFunction {
      return try value(of: objectFunction, arguments, operands, at: span)
    }
    if worksOut || arguments.contains(where: { $0.key != nil }) {
      // Layers, as conv(32, 5), stand for themselves; what is nearly a function's name does not.
      let meant = meantFunction(name.value)
      let named = arguments.first { $0.key != nil }
      if meant != nil || named != nil || isStrict || !directory.standsForItself(name.value) {
        throw error(
          .unknownFunction(name.value, suggestion: meant), at: named?.span ?? name.span)
      }
    }
    return try bounded(
      .call(Call(name: name.value, arguments: operands, span: span)),
      "\(name.value)(\(Self.spelling(of: operands)))", at: span)
  }

  /// The function that a name that is none probably stands for.
  private func meantFunction(_ name: String) -> String? {
    let others = ["len": "length", "avg": "mean", "std": "sd", "str": "format", "int": "floor"]
    if name.contains("..") { return "range(FROM, TO)" }
    return others[name]
      ?? Suggestion.nearest(
        to: name,
        among: Function.all.map(\.name) + directory.objectFunctions.map(\.name)
          + directory.knownFunctions.entries.keys.sorted())
  }

  private func value(
    of function: Function, _ operands: [Operand], at span: Span
  ) throws(LanguageError) -> Operand {
    guard function.arguments.contains(operands.count) else {
      throw error(.functionForm(function.form), at: span)
    }
    if operands.contains(where: \.isLater) { return .later(at: span) }
    let value: Value
    do throws(FunctionError) {
      value = try function.compute(FunctionCall(name: function.name, operands: operands))
    } catch {
      throw self.error(error.fact, at: error.argument.map { operands[$0].span } ?? span)
    }
    return try operand(value, at: span)
  }

  // MARK: What values look like

  func list(_ operands: [Operand], _ span: Span) throws(LanguageError) -> Operand {
    try bounded(.list(operands), "[\(Self.spelling(of: operands))]", at: span)
  }

  private static func spelling(of operands: [Operand]) -> String {
    operands.map(\.spelling).joined(separator: ", ")
  }

  /// Refuses lists that references made too deep or too long.
  private func bounded(
    _ value: Value, _ spelling: String, at span: Span
  ) throws(LanguageError) -> Operand {
    let operand = Operand(value, spelling: spelling, at: span)
    guard operand.depth <= Parser.depthLimit else { throw error(.nestedTooDeeply, at: span) }
    guard spelling.utf8.count <= Self.textLimit else { throw error(.numberTooLarge, at: span) }
    return operand
  }

  /// The bytes that a text may grow to by references.
  private static let textLimit = 1 << 20

  func text(_ text: String, at span: Span) throws(LanguageError) -> Operand {
    try bounded(.text(text), text, at: span)
  }

  func operand(_ holds: Bool?, at span: Span) -> Operand {
    guard let holds else { return .later(at: span) }
    return Operand(.flag(holds), spelling: holds ? "on" : "off", at: span)
  }

  /// A whole number where a number is one.
  func operand(_ number: Double, at span: Span) throws(LanguageError) -> Operand {
    guard !number.isNaN else { throw error(.notANumber, at: span) }
    guard number.isFinite else { throw error(.numberTooLarge, at: span) }
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
      return Operand(.integer(whole), spelling: String(whole), at: span)
    }
    return Operand(.real(number), spelling: String(number), at: span)
  }

  /// A value that a function gave.
  func operand(_ value: Value, at span: Span) throws(LanguageError) -> Operand {
    switch value {
    case .real(let number): try operand(number, at: span)
    case .flag(let flag): operand(flag, at: span)
    case .list(let operands): try list(operands, span)
    case .text(let text), .word(let text): try bounded(.text(text), text, at: span)
    default: Operand(value, spelling: value.written, at: span)
    }
  }

  // MARK: Texts and references

  private func value(of text: TextExpression, at span: Span) throws(LanguageError) -> Operand {
    if let name = text.loneReference {
      return try lookUp(name).standing(at: span)
    }
    var spelling = ""
    for piece in text.pieces {
      switch piece {
      case .literal(let literal): spelling += literal
      case .reference(let name):
        let operand = try lookUp(name)
        if operand.isLater { return .later(at: span) }
        guard operand.plainText != nil else {
          throw error(.notAText(found: operand.value.typeName), at: name.span)
        }
        spelling += operand.shown
        guard spelling.utf8.count <= Self.textLimit else { throw error(.numberTooLarge, at: span) }
      }
    }
    let value = text.quoting == .bare ? Value(bareWord: spelling) : .text(spelling)
    if case .word = value, worksOut, let fact = foreignWord(spelling, text) {
      throw error(fact, at: span)
    }
    return Operand(value, spelling: spelling, at: span)
  }

  private func lookUp(_ name: Located<String>) throws(LanguageError) -> Operand {
    if let operand = variables[name.value] { return operand }
    let suggestion = Suggestion.nearest(to: name.value, among: variables.names)
    throw error(.unknownVariable(name.value, suggestion: suggestion), at: name.span)
  }
}
