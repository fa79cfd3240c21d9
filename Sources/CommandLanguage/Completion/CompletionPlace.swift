/// The place behind the tokens of an unfinished statement.
struct CompletionPlace<Context: CommandContext> {
  let registry: Registry<Context>
  let tokens: [Token]
  let directory: any ObjectDirectory

  typealias Candidate = Completion.Candidate
  typealias Answer = (candidates: [Candidate], takesFiles: Bool)

  func candidates() -> Answer {
    guard let first = tokens.first else { return (verbs(), false) }
    guard let verb = first.word else { return ([], false) }
    let second = tokens.count > 1 ? tokens[1].word : nil
    if let second, let command = registry.command("\(verb) \(second)") {
      return arguments(of: command, after: Array(tokens.dropFirst(2)))
    }
    let continuations: [Candidate] =
      tokens.count > 1
      ? []
      : registry.commands.filter { $0.verb.hasPrefix(verb + " ") }.map {
        Candidate(String($0.verb.dropFirst(verb.count + 1)), $0.summary)
      }
    guard let command = registry.command(verb) else { return (continuations, false) }
    let answer = arguments(of: command, after: Array(tokens.dropFirst()))
    return (continuations + answer.candidates, answer.takesFiles)
  }

  /// First words of verbs, and objects, which show themselves.
  private func verbs() -> [Candidate] {
    let words = registry.commands.map { command in
      let first = String(command.verb.prefix { $0 != " " })
      let others = registry.continuations(of: first)
      return Candidate(
        first,
        first == command.verb ? command.summary : others.joined(separator: ", "))
    }
    let objects = directory.names.map {
      Candidate($0, directory.kind(of: $0)?.phrase ?? "", isWhole: false)
    }
    return words + Self.keywords + (registry.objectVerb == nil ? [] : objects)
  }

  private static var keywords: [Candidate] {
    [
      Candidate("let", "NAME = VALUE: names a value, which $NAME stands for"),
      Candidate("for", "NAME in LIST { … }: once for each value"),
      Candidate("repeat", "N { … }: so many times"),
      Candidate("if", "CONDITION { … } else { … }"),
    ]
  }

  // MARK: Arguments

  private func arguments(of command: Command<Context>, after given: [Token]) -> Answer {
    if command.parameters.contains(where: { $0.shape == .command }) {
      return CompletionPlace(registry: registry, tokens: given, directory: directory).candidates()
    }
    if case .output = given.last?.kind { return ([], true) }
    if given.last?.word == "as" || given.dropLast().last?.word == "as" { return ([], false) }
    let words = Self.words(in: given)
    var options = command.parameters.filter { $0.place == .option }
    for topic in command.dependentTopics where words.contains(topic.choice.word) {
      options += topic.options
    }
    options += UniversalOptions.parameters(of: command)
    if let key = openKey(in: given) {
      guard let parameter = options.first(where: { $0.name == key }) else { return ([], true) }
      return values(parameter.shape)
    }
    var answer = positional(of: command, filled: words.count)
    if Self.openBracket(in: given) == nil {
      let keys = given.compactMap { if case .key(let key) = $0.kind { key } else { nil } }
      answer.candidates += options.filter { !keys.contains($0.name) }.map { option($0) }
      if command.result != nil { answer.candidates.append(Candidate("as", "names the result")) }
    }
    return answer
  }

  /// `epochs=` with its values and its help.
  private func option(_ parameter: any AnyParameter) -> Candidate {
    var values = parameter.shape.placeholder
    if let text = parameter.defaultText { values += ", \(text)" }
    return Candidate(
      parameter.name + "=", "<\(values)> \(parameter.help)", isWhole: false)
  }

  /// The values of positional parameters from the first open one to the first that must be given.
  private func positional(of command: Command<Context>, filled: Int) -> Answer {
    var answer: Answer = ([], false)
    for parameter in command.parameters.filter({ $0.place != .option }).dropFirst(filled) {
      let (candidates, takesFiles) = values(parameter.shape)
      answer.candidates += candidates
      answer.takesFiles = answer.takesFiles || takesFiles
      if parameter.isRequired { break }
    }
    return answer
  }

  private func values(_ shape: ValueShape) -> Answer {
    switch shape {
    case .flag: return ([Candidate("on", ""), Candidate("off", "")], false)
    case .choice(let choices): return (choices.map { Candidate($0.word, $0.summary) }, false)
    case .path: return ([], true)
    case .topics:
      let pages = registry.commands.map { Candidate($0.verb, $0.summary) }
      let words = registry.commands.flatMap { command in
        command.dependentTopics.map { Candidate($0.choice.word, $0.choice.summary) }
      }
      return (pages + words, false)
    case .object(let kinds):
      let names =
        kinds.isEmpty
        ? directory.names.map { ($0, directory.kind(of: $0)?.phrase ?? "") }
        : kinds.flatMap { kind in directory.names(of: kind).map { ($0, kind.phrase) } }
      return (names.map { Candidate($0.0, $0.1) }, false)
    case .calls(let signatures):
      return (
        signatures.map { Candidate($0.name, "\($0.form): \($0.summary)", isWhole: false) },
        false
      )
    case .list(let element, _):
      let (candidates, takesFiles) = values(element)
      return (
        candidates.map { Candidate($0.text, $0.explanation, isWhole: false) }, takesFiles
      )
    case .either(let first, let second):
      let (a, b) = (values(first), values(second))
      return (a.candidates + b.candidates, a.takesFiles || b.takesFiles)
    case .integer, .real, .fraction, .duration, .text, .name, .seed, .integers, .words, .command:
      return ([], false)
    }
  }

  // MARK: Tokens

  /// The option whose value is being written, in a list or directly behind its sign.
  private func openKey(in given: [Token]) -> String? {
    let end = Self.openBracket(in: given) ?? given.count
    guard end > 0, case .key(let key) = given[end - 1].kind else { return nil }
    return key
  }

  /// The outermost bracket that is still open.
  private static func openBracket(in given: [Token]) -> Int? {
    var open: [Int] = []
    for (index, token) in given.enumerated() {
      switch token.kind {
      case .opening: open.append(index)
      case .closing: _ = open.popLast()
      default: break
      }
    }
    return open.first
  }

  /// The positional values outside brackets; a whole list counts as one.
  private static func words(in given: [Token]) -> [String] {
    var words: [String] = []
    var depth = 0
    var isValue = false
    for token in given {
      switch token.kind {
      case .key: isValue = true
      case .opening:
        depth += 1
      case .closing:
        depth -= 1
        if depth == 0 {
          if !isValue { words.append("") }
          isValue = false
        }
      case .text(let text) where depth == 0:
        if !isValue { words.append(text.plainWord ?? "") }
        isValue = false
      default: break
      }
    }
    return words
  }
}
