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
    guard words.count == 1 + function.words else {
      throw error(.functionForm(function.form), at: span)
    }
    let subject = words.removeFirst()
    if subject.isLater { return .later(at: span) }
    var name = subject.spelling
    if !function.kinds.isEmpty {
      do throws(ValueProblem) {
        name = try ValueKind<ObjectReference>.object(anyOf: function.kinds).read(subject, directory)
          .name
      } catch {
        throw self.error(
          .argument(.invalidValue(option: nil, error.fact), command: function.name),
          at: error.span)
      }
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
}
