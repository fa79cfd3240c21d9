/// The place behind an unfinished statement.
struct CompletionPlace<Context: CommandContext> {
  private let registry: Registry<Context>
  private let directory: any ObjectDirectory
  /// What stands whole before the place; nil if that is nothing, or nothing that can be read.
  private var statement: CommandStatement?
  private var due = Due.statement
  private let source: Source
  /// What is worked out there; nil where a command's words stand.
  private var expression: ExpressionPlace?
  /// Whether a block is open, and whether one was just closed.
  private var block = (isOpen: false, isClosed: false)

  /// What has to stand at the place.
  private enum Due: Hashable {
    case statement
    case argument
    /// Of a list or call, without an option's name.
    case element
    /// Of an option, in a list or directly behind its sign.
    case value(option: String)
    /// Behind `as`.
    case name
    /// Behind `>`.
    case file
  }

  typealias Candidate = Completion.Candidate
  typealias Answer = (candidates: [Candidate], takesFiles: Bool)

  /// Reads the last statement of a text.
  init(behind text: String, registry: Registry<Context>, directory: any ObjectDirectory) {
    self.registry = registry
    self.directory = directory
    source = Source(name: "", text: text)
    var lexer = Lexer(source)
    lexer.scan()
    let ending = lexer.tokens.suffix(2)
    var tokens = lexer.tokens.dropLast(2)
    block.isClosed = tokens.last?.kind == .closing(.brace)
    block.isOpen =
      tokens.count { $0.kind == .opening(.brace) } > tokens.count { $0.kind == .closing(.brace) }
    if let start = tokens.lastIndex(where: \.kind.endsStatement) { tokens = tokens[(start + 1)...] }
    guard !tokens.isEmpty else { return }
    expression = ExpressionPlace(tokens)
    due = .argument
    if let bracket = Self.openBracket(in: tokens) {
      tokens = tokens[..<bracket]
      due = .element
    }
    switch tokens.last?.kind {
    case .key(let key): due = .value(option: key)
    case .output: due = .file
    case .text(let text) where text.plainWord == "as": due = .name
    default: break
    }
    if ![.argument, .element].contains(due) { tokens.removeLast() }
    var parser = Parser(tokens: tokens + ending, source: source)
    statement = try? parser.command()
  }

  /// The outermost bracket that is still open.
  private static func openBracket(in tokens: ArraySlice<Token>) -> Int? {
    var open: [Int] = []
    for (index, token) in zip(tokens.indices, tokens) {
      switch token.kind {
      case .opening: open.append(index)
      case .closing: _ = open.popLast()
      default: break
      }
    }
    return open.first
  }

  func candidates(variables: [String] = []) -> Answer {
    if let expression { return (expression.candidates(variables: variables, in: directory), false) }
    if due == .statement { return (verbs(), false) }
    guard let statement else { return ([], false) }
    let verb = statement.verb.value
    if let second = statement.secondWord, let command = registry.command("\(verb) \(second)") {
      return arguments(of: command, after: Array(statement.arguments.dropFirst()))
    }
    if let command = registry.implied(by: statement, Variables(), in: source, directory) {
      return arguments(of: command, after: statement.arguments)
    }
    let continuations =
      statement.arguments.isEmpty && due == .argument
      ? registry.commands.filter { $0.verb.hasPrefix(verb + " ") }.map {
        Candidate(String($0.verb.dropFirst(verb.count + 1)), $0.summary)
      } + registry.impliedCommands(of: verb).flatMap { positional(of: $0, []).candidates }
      : []
    guard let command = registry.command(verb) else { return (continuations, false) }
    let answer = arguments(of: command, after: statement.arguments)
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
    let functions = directory.knownFunctions.forms.map {
      Candidate($0.name + "(", "\($0.form): a function of yours", isWhole: false)
    }
    return words + Self.keywords + (block.isOpen ? Self.wordsOfBlocks : [])
      + (block.isClosed ? Self.wordsBehindBlocks : []) + functions
      + (registry.objectVerb == nil ? [] : objects(isWhole: false))
  }

  private static var wordsOfBlocks: [Candidate] {
    [
      Candidate("break", "the loop ends"), Candidate("next", "the loop's next round begins"),
      Candidate("return", "VALUE: what the function gives"),
    ]
  }

  private static var wordsBehindBlocks: [Candidate] {
    [Candidate("else", "{ … }"), Candidate("elif", "CONDITION { … }")]
  }

  private static var keywords: [Candidate] {
    [
      Candidate("let", "NAME = VALUE: names a value, which $NAME stands for"),
      Candidate("for", "NAME in LIST { … }: once for each value"),
      Candidate("repeat", "N { … }: so many times"),
      Candidate("while", "CONDITION { … }: as long as it holds"),
      Candidate("if", "CONDITION { … } else { … }"),
      Candidate("function", "NAME(A, B=2) { … return VALUE }"),
      Candidate("try", "{ … } else { … }: goes on after a failure, with $error"),
    ]
  }

  // MARK: Arguments

  private func arguments(
    of command: Command<Context>, after given: [CommandStatement.Argument]
  ) -> Answer {
    if command.places.command != nil {
      var place = self
      place.statement = statement?.inner(given)
      if given.isEmpty, due == .argument { place.due = .statement }
      return place.candidates()
    }
    let words = given.filter { $0.key == nil }
    var options = command.options() + command.universalOptions
    for topic in command.dependentTopics
    where words.contains(where: { $0.value.plainWord == topic.choice.word }) {
      options += topic.options
    }
    var answer = positional(of: command, words)
    switch due {
    case .file: return ([], true)
    case .name: return ([], false)
    case .value(let key):
      let shape = options.first { $0.name == key }?.shape ?? .path
      switch shape {
      case .part(let noun, let parameter), .list(.part(let noun, let parameter), _):
        return (parts(noun, of: parameter, command, words), false)
      default: break
      }
      return (values(shape), shape.takesFiles)
    case .statement, .element: return answer
    case .argument:
      if statement?.resultName != nil { return ([], false) }
      if statement?.output != nil { answer = ([], false) }
      answer.candidates += options.filter { option in
        !given.contains { $0.key?.value == option.name }
      }.map(candidate)
      if command.result != nil, statement?.output == nil {
        answer.candidates.append(Candidate("as", "names the result"))
      }
      return answer
    }
  }

  /// `epochs=` with its values and its help.
  private func candidate(_ parameter: any AnyParameter) -> Candidate {
    var values = parameter.shape.placeholder
    if parameter.shape == .condition {
      return Candidate(parameter.name, "<\(values)> \(parameter.help)")
    }
    if let text = parameter.defaultText { values += ", \(text)" }
    return Candidate(parameter.name + "=", "<\(values)> \(parameter.help)", isWhole: false)
  }

  /// The values of positional parameters from the first open one to the first that must be given.
  private func positional(
    of command: Command<Context>, _ words: [CommandStatement.Argument]
  ) -> Answer {
    var answer: Answer = ([], false)
    let filled = words.count
    if filled == 1, command.parameters.first?.shape == .topics,
      let first = words[0].value.plainWord
    {
      // The second word of a verb: `help plot accuracy`.
      return (
        registry.commands.filter { $0.verb.hasPrefix(first + " ") }.map {
          Candidate(String($0.verb.dropFirst(first.count + 1)), $0.summary)
        }, false
      )
    }
    for parameter in command.parameters.filter({ $0.place != .option }).dropFirst(filled) {
      answer.candidates += values(parameter.shape)
      answer.takesFiles = answer.takesFiles || parameter.shape.takesFiles
      if parameter.isRequired { break }
    }
    return answer
  }

  /// Parts of the object that stands for a positional parameter.
  private func parts(
    _ noun: String, of parameter: String, _ command: Command<Context>,
    _ words: [CommandStatement.Argument]
  ) -> [Candidate] {
    guard let place = command.positionals.firstIndex(where: { $0.name == parameter }),
      words.indices.contains(place), let name = words[place].value.plainWord
    else { return [] }
    return directory.parts(noun, of: name).map { Candidate($0, "a \(noun)") }
  }

  private func values(_ shape: ValueShape) -> [Candidate] {
    switch shape {
    case .flag: ["on", "off"].map { Candidate($0) }
    case .choice(let choices): choices.map { Candidate($0.word, $0.summary) }
    case .topics:
      registry.commands.map { Candidate($0.verb, $0.summary) }
        + registry.commands.flatMap(\.dependentTopics).map {
          Candidate($0.choice.word, $0.choice.summary)
        } + registry.ideas.map { Candidate($0.word, $0.summary) }
    case .object(let kinds):
      kinds.isEmpty
        ? objects()
        : kinds.flatMap { kind in
          directory.names(of: kind).map { Candidate($0, kind.phrase) }
        }
    case .calls(let signatures):
      signatures.map { Candidate($0.name, "\($0.form): \($0.summary)", isWhole: false) }
    case .list(let element, _):
      values(element).map { Candidate($0.text, $0.explanation, isWhole: false) }
    case .either(let first, let second): values(first) + values(second)
    case .form(_, _, let words): words.map { Candidate($0) }
    case .path, .integer, .real, .fraction, .span, .duration, .text, .name, .seed, .integers,
      .series, .words, .part, .condition, .command:
      []
    }
  }

  private func objects(isWhole: Bool = true) -> [Candidate] {
    directory.names.map {
      Candidate($0, directory.kind(of: $0)?.phrase ?? "", isWhole: isWhole)
    }
  }
}

extension ValueShape {
  fileprivate var takesFiles: Bool {
    switch self {
    case .path: true
    case .list(let element, _): element.takesFiles
    case .either(let first, let second): first.takesFiles || second.takesFiles
    default: false
    }
  }
}
