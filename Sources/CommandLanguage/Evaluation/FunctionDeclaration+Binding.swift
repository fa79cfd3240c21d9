extension FunctionDeclaration {
  /// The arguments of a call with what stands for those that are not given.
  func completed(_ arguments: [CommandStatement.Argument]) -> [CommandStatement.Argument] {
    let named = Set(arguments.compactMap(\.key?.value))
    let positional = arguments.count { $0.key == nil }
    return arguments
      + parameters.dropFirst(positional).compactMap { parameter in
        guard !named.contains(parameter.name.value), let standard = parameter.standard else {
          return nil
        }
        return .init(key: parameter.name, value: standard)
      }
  }

  /// The variables of a call: those outside, and the parameters with their values.
  ///
  /// - Parameters:
  ///   - arguments: By position or by name.
  ///   - span: Of the call.
  ///   - evaluation: With the variables outside.
  func bound(
    to arguments: [CommandStatement.Argument], at span: Span, _ evaluation: Evaluation
  ) throws(LanguageError) -> Variables {
    var values: [String: Operand] = [:]
    for (index, argument) in arguments.enumerated() {
      let name =
        argument.key?.value ?? (index < parameters.count ? parameters[index].name.value : "")
      guard parameters.contains(where: { $0.name.value == name }), values[name] == nil else {
        throw evaluation.error(.functionForm(form), at: argument.span)
      }
      values[name] = try evaluation.value(of: argument.value)
    }
    for parameter in parameters where values[parameter.name.value] == nil {
      guard let standard = parameter.standard else {
        throw evaluation.error(.functionForm(form), at: span)
      }
      values[parameter.name.value] = try evaluation.value(of: standard)
    }
    return evaluation.variables.locally(setting: values)
  }
}

extension Expression {
  /// Whether it has a call of one of these functions where functions are worked out.
  ///
  /// - Parameter isArgument: Whether it stands in a command, where only parentheses are worked out.
  func calls(anyOf functions: FunctionLibrary, isArgument: Bool) -> Bool {
    var isArgument = isArgument
    if case .condition = form { return false }
    if case .group = form { isArgument = false }
    if case .call(let name, _) = form, !isArgument, functions[name.value] != nil { return true }
    return parts.contains { $0.calls(anyOf: functions, isArgument: isArgument) }
  }

  /// Puts another expression in the place of a part, as `parts` counts them.
  mutating func setPart(_ index: Int, _ part: Expression) {
    switch form {
    case .text: break
    case .list(var elements):
      elements[index] = part
      form = .list(elements)
    case .call(let name, var arguments):
      arguments[index].value = part
      form = .call(name: name, arguments: arguments)
    case .group: form = .group(part)
    case .not: form = .not(part)
    case .negative: form = .negative(part)
    case .exists: form = .exists(part)
    case .condition: form = .condition(part)
    case .operation(let operation, let left, let right):
      form = index == 0 ? .operation(operation, part, right) : .operation(operation, left, part)
    case .element(let whole, let place):
      form = index == 0 ? .element(of: part, at: place) : .element(of: whole, at: part)
    }
  }
}
