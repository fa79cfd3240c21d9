// Every statement prints as source that parses to the same statement.

extension Statement: CustomStringConvertible {
  public var description: String { lines.joined(separator: "\n") }

  private var lines: [String] {
    switch self {
    case .version(let number): ["version \(number.value)"]
    case .assignment(let name, let value): ["let \(name.value) = \(value)"]
    case .loop(let loop): Self.block("for \(loop.name.value) in \(loop.values)", loop.body)
    case .repetition(let count, let body): Self.block("repeat \(count)", body)
    case .loopWhile(let condition, let body): Self.block("while \(condition)", body)
    case .leave(let word): [word.value.rawValue]
    case .conditional(let branches, let otherwise): Self.branches(branches, otherwise)
    case .attempt(let body, let otherwise, _):
      Self.block("try", body).dropLast() + Self.block("} else", otherwise)
    case .function(let function): Self.block("function \(function.form)", function.body)
    case .giveBack(let value, _): ["return" + (value.map { " \($0)" } ?? "")]
    case .call(let call): ["\(call)"]
    case .command(let command): ["\(command)"]
    }
  }

  private static func block(_ head: String, _ body: [Statement]) -> [String] {
    ["\(head) {"] + body.flatMap(\.lines).map { "  " + $0 } + ["}"]
  }

  private static func branches(_ branches: [Branch], _ otherwise: [Statement]?) -> [String] {
    var lines: [String] = []
    for branch in branches {
      let word = lines.isEmpty ? "if" : "} elif"
      lines = lines.dropLast() + block("\(word) \(branch.condition)", branch.body)
    }
    if let otherwise { lines = lines.dropLast() + block("} else", otherwise) }
    return lines
  }
}

extension CommandStatement: CustomStringConvertible {
  public var description: String {
    var words = [verb.value] + arguments.map(\.description)
    if let resultName { words.append("as \(resultName)") }
    if let output { words.append("\(output.appends ? ">>" : ">") \(output.file)") }
    return words.joined(separator: " ")
  }
}

extension CommandStatement.Argument: CustomStringConvertible {
  public var description: String {
    if case .condition = value.form, let key { return "\(key.value) \(value)" }
    return (key.map { $0.value + "=" } ?? "") + value.description
  }
}

extension Expression: CustomStringConvertible {
  public var description: String {
    switch form {
    case .text(let text): text.description
    case .list(let elements): "[" + elements.map(\.description).joined(separator: ", ") + "]"
    case .call(let name, let arguments):
      name.value + "(" + arguments.map(\.description).joined(separator: ", ") + ")"
    case .group(let inner): "(\(inner))"
    case .operation(let operation, let left, let right): "\(left) \(operation.sign) \(right)"
    case .not(let inner): "not \(inner)"
    case .negative(let inner): "-\(inner)"
    case .exists(let name): "exists \(name)"
    case .element(let whole, let place): "\(whole)[\(place)]"
    case .condition(let inner): inner.description
    }
  }
}

extension TextExpression: CustomStringConvertible {
  public var description: String {
    switch quoting {
    case .bare: bare
    case .single:
      "'" + pieces.map { Self.literal($0).replacing("'", with: "''") }.joined() + "'"
    case .double:
      "\"" + pieces.map(Self.escaped).joined() + "\""
    }
  }

  private var bare: String {
    var text = ""
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .literal(let literal): text += literal
      case .reference(let name):
        let following = pieces.dropFirst(index + 1).first.map(Self.literal) ?? ""
        let isClear =
          name.value.allSatisfy(\.continuesName) && !(following.first?.continuesName ?? false)
        text += isClear ? "$\(name.value)" : "${\(name.value)}"
      }
    }
    return text
  }

  private static func literal(_ piece: Piece) -> String {
    if case .literal(let text) = piece { text } else { "" }
  }

  private static func escaped(_ piece: Piece) -> String {
    if case .reference(let name) = piece { return "${\(name.value)}" }
    var text = ""
    for scalar in literal(piece).unicodeScalars {
      switch scalar {
      case "\"", "\\", "$": text += "\\" + String(scalar)
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.properties.generalCategory == .control || scalar.isJoining:
        text += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether it joins with the character before or after it.
  var isJoining: Bool { value >= 0x80 && !Character(self).standsAlone }
}
