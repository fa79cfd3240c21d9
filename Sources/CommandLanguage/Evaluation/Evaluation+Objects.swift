extension Evaluation {
  /// The value of an object's function, once the directory knows it.
  func value(
    of function: ObjectFunction, _ arguments: [CommandStatement.Argument], _ operands: [Operand],
    at span: Span
  ) throws(LanguageError) -> Operand {
    var (words, options): ([Operand], [String: Operand]) = ([], [:])
    for (argument, operand) in zip(arguments, operands) {
      if let key = argument.key {
        guard function.options.contains(key.value), options[key.value] == nil else {
          throw error(.functionForm(function.form), at: argument.span)
        }
        options[key.value] = operand
      } else {
        words.append(operand)
      }
    }
    guard
      words.count == 1 + function.words
        || function.takesCondition && words.count == 2 + function.words
    else {
      throw error(.functionForm(function.form), at: span)
    }
    let subject = words.removeFirst()
    if subject.isLater { return .later(at: span) }
    var name = subject.spelling
    if !function.kinds.isEmpty {
      let reference = try object(subject, anyOf: function.kinds, function)
      name = reference.name
      if let needed = function.optionOfKind[reference.kind], options[needed] == nil {
        throw error(.functionOption(needed, of: reference.kind, form: function.form), at: span)
      }
    }
    for (option, kinds) in function.optionKinds {
      if let named = options[option], !named.isLater {
        _ = try object(named, anyOf: kinds, function)
      }
    }
    if function.takesCondition {
      try checkColumns(words, count: function.words, of: name)
    }
    let call = ObjectCall(
      function: function.name, subject: name, words: words, options: options)
    if words.contains(where: \.isLater) || options.values.contains(where: \.isLater) {
      return .later(at: span)
    }
    do {
      guard let value = try directory.value(of: call, at: span) else { return .later(at: span) }
      return try operand(value, at: span)
    } catch let error as LanguageError {
      throw error
    } catch {
      var failure = error as? Failure ?? Failure("\(error)")
      failure.help = failure.help ?? "help functions"
      throw self.error(.failed(failure), at: span)
    }
  }

  /// The object that an argument of a function names.
  private func object(
    _ operand: Operand, anyOf kinds: [ObjectKind], _ function: ObjectFunction
  ) throws(LanguageError) -> ObjectReference {
    do throws(ValueProblem) {
      return try ValueKind<ObjectReference>.object(anyOf: kinds).read(operand, directory)
    } catch {
      throw self.error(
        .argument(.invalidValue(option: nil, error.fact), command: function.name), at: error.span)
    }
  }

  /// Columns that a function of a table names, where the table is known already.
  private func checkColumns(
    _ words: [Operand], count: Int, of table: String
  ) throws(LanguageError) {
    let known = directory.parts(ValueShape.column, of: table)
    guard !known.isEmpty else { return }
    for word in words {
      if case .condition(let condition) = word.value { _ = try condition.test(of: known) }
    }
    if let unknown = words.prefix(count).first(where: {
      !$0.isLater && !known.contains($0.spelling)
    }) {
      throw error(.noColumn(unknown.spelling, table: table, known: known), at: unknown.span)
    }
  }
}
