/// What people write who come from a notebook, from Python or from another shell.
extension Registry {
  /// What is meant by a word with a notebook's mark: `?run` and `run?` are `help run`, `kd?` is
  /// `show kd` if `kd` is an object, `!ls` is the shell's, `%timeit` is `time`.
  func marked(_ word: String, _ directory: some ObjectDirectory) -> String? {
    let bare = String(word.trimmingPrefix { "?!%".contains($0) })
    if word.hasPrefix("!") {
      return command("shell").map { bare.isEmpty ? $0.verb : "\($0.verb) \(bare)" }
    }
    if word.hasPrefix("%") { return known(as: bare)?.verb }
    guard word.hasPrefix("?") || word.hasSuffix("?") else { return nil }
    let topic = String(bare.prefix { $0 != "?" })
    if let objectVerb, command(topic) == nil, directory.kind(of: topic) != nil {
      return "\(objectVerb) \(topic)"
    }
    return command("help").map { topic.isEmpty ? $0.verb : "\($0.verb) \(topic)" }
  }

  /// What is meant by a member of an object: `net.fit` is `pretrain net on=…`, and what no command
  /// does, such as `kd.accuracy`, is `show kd`.
  func dotted(_ words: String, _ directory: some ObjectDirectory) -> String? {
    guard let dot = words.lastIndex(of: ".") else { return nil }
    let object = String(words[..<dot])
    guard directory.kind(of: object) != nil else { return nil }
    let command = known(as: String(words[words.index(after: dot)...]))
    return command.flatMap { form(of: $0, on: object, directory) }
      ?? objectVerb.map { "\($0) \(object)" }
  }

  /// An error about a call in parentheses, with the command that is meant; one about an unknown
  /// command if there is none. Others stay as they are.
  func explained(_ error: LanguageError, _ directory: some ObjectDirectory) -> LanguageError {
    guard case .parentheses(let call, nil) = error.fact else { return error }
    var error = error
    if let meant = dotted(call.verb, directory) {
      error.fact = .parentheses(call, meant: meant)
    } else if let command = known(as: call.verb) {
      let meant = call.argument.flatMap { form(of: command, on: $0, directory) }
      var call = call
      call.verb = command.verb
      error.fact = .parentheses(call, meant: call.isEmpty ? command.verb : meant)
    } else if let objectVerb, directory.kind(of: call.verb) != nil {
      error.fact = .parentheses(call, meant: "\(objectVerb) \(call.verb)")
    } else {
      error.fact = unknownVerb(call.verb, call.argument, directory)
    }
    return error
  }

  /// The command of that verb, or the one that other tools call so.
  private func known(as word: String) -> Command<Context>? {
    command(word) ?? commands.first { $0.searchWords.contains(word) }
  }

  /// How a command on an object is written, with what else must be given: `pretrain net on=…`; nil if
  /// it takes no object of that kind.
  func form(
    of command: Command<Context>, on object: String, _ directory: some ObjectDirectory
  ) -> String? {
    guard let kind = directory.kind(of: object) else { return nil }
    var words = [command.verb]
    var isPlaced = false
    for parameter in command.parameters {
      switch parameter.place {
      case .positional where !isPlaced && parameter.shape.takes(kind):
        words.append(object)
        isPlaced = true
      case .positional where parameter.isRequired: words.append(parameter.name.uppercased())
      case .option where parameter.isRequired: words.append("\(parameter.name)=…")
      case .positional, .option, .rest: break
      }
    }
    return isPlaced ? words.joined(separator: " ") : nil
  }
}

extension ValueShape {
  /// Whether a value may be an object of the kind, or a list of such.
  fileprivate func takes(_ kind: ObjectKind) -> Bool {
    switch self {
    case .object(let kinds): kinds.isEmpty || kinds.contains(kind)
    case .list(let element, _): element.takes(kind)
    case .either(let first, let second): first.takes(kind) || second.takes(kind)
    default: false
    }
  }
}
