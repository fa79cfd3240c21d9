/// The arguments of a call in another language, each put where a command takes such a value.
struct ForeignArguments<Context: CommandContext> {
  private let command: Command<Context>
  private let directory: any ObjectDirectory
  /// What was put into a parameter, by its name; several values are a list.
  private var values: [String: [String]] = [:]
  /// Options that the command does not know, as they were given.
  private var others: [String] = []
  private var file: String?
  /// Whether the command takes every object that was given.
  private var takesObjects = true
  /// Whether all arguments have a place.
  private var isWhole: Bool

  /// - Parameter isWhole: Whether these are all arguments of the call.
  init(
    _ arguments: [CommandStatement.Argument], of command: Command<Context>, isWhole: Bool = true,
    in directory: some ObjectDirectory
  ) {
    self.command = command
    self.directory = directory
    self.isWhole = isWhole
    // What other words bring along comes last.
    let named = arguments.filter { $0.key != nil }
    let rest = named.filter { !put($0, among: command.parameters) }
    for argument in arguments where argument.key == nil { put(argument.value) }
    others = rest.filter { !put($0, among: options) }.map {
      "\($0.key?.value ?? "")=\($0.value.shortest)"
    }
  }

  /// The command with these arguments: `pretrain net on=T epochs=5`. What has to be given besides
  /// stands as `NET` or `on=…`, what has no place as `…`; nil if it does not take one of the objects.
  var statement: String? {
    guard takesObjects else { return nil }
    var words = [command.verb]
    for parameter in command.parameters.filter({ $0.place != .option }) + options {
      let key = parameter.place == .option ? parameter.name + "=" : ""
      if let given = values[parameter.name] {
        words += parameter.place == .rest ? given : [key + Self.value(given)]
      } else if parameter.isRequired {
        words.append(key.isEmpty ? parameter.name.uppercased() : key + "…")
      }
    }
    words += others
    if !isWhole { words.append("…") }
    if let file { words.append("> \(file)") }
    return words.joined(separator: " ")
  }

  private static func value(_ given: [String]) -> String {
    given.count == 1 ? given[0] : "[" + given.joined(separator: ", ") + "]"
  }

  /// The options, with those that the words so far bring along.
  private var options: [any AnyParameter] {
    command.options(for: command.options.flatMap { values[$0.parameter]?.first })
  }

  // MARK: Places

  private mutating func put(_ value: Expression) {
    let text = value.shortest
    let words = command.parameters.filter { $0.place != .option && takes($0, value) }
    let open = options.filter { values[$0.name] == nil && takes($0, value) }
    let place =
      words.first { $0.place == .rest || values[$0.name] == nil }
      ?? words.last { $0.shape.isList } ?? open.first(where: \.isRequired)
    if let place {
      values[place.name, default: []].append(text)
    } else if file == nil, let path = value.literal,
      command.formats.contains(Arguments.Output.ending(of: path))
    {
      file = text
    } else if text.hasPrefix("\""), let words = open.first(where: { $0.shape == .text }) {
      // The first is the title, where there are words for axes too.
      values[words.name] = [text]
    } else if open.count == 1, open[0].shape != .text {
      // A word is rather a file of a form that is not written here, or an object yet to be made, than
      // a title.
      values[open[0].name] = [text]
    } else if value.object(in: directory) != nil {
      takesObjects = false
    } else {
      isWhole = false
    }
  }

  /// - Returns: Whether one of the parameters has the argument's name.
  private mutating func put(
    _ argument: CommandStatement.Argument, among parameters: [any AnyParameter]
  ) -> Bool {
    guard let key = argument.key?.value,
      let parameter = parameters.first(where: { $0.name == key })
        ?? parameters.first(where: { $0.searchWords.contains(key) })
    else { return false }
    values[parameter.name] = [argument.value.shortest]
    return true
  }

  /// Whether a value may stand for a parameter; of an object's name, whether the object may.
  private func takes(_ parameter: any AnyParameter, _ value: Expression) -> Bool {
    if let kind = value.object(in: directory) { return parameter.shape.takes(kind) }
    let evaluation = Evaluation(Variables(), in: Source(name: "", text: ""))
    // What a variable will be nobody knows.
    guard let operand = try? evaluation.value(of: value) else { return true }
    return (try? parameter.read(operand, directory)) != nil
  }
}

extension Expression {
  /// The kind of the object that this is the name of.
  func object(in directory: some ObjectDirectory) -> ObjectKind? {
    plainWord.flatMap { directory.kind(of: $0) }
  }

  /// The text that this is, if it refers to no variable.
  fileprivate var literal: String? {
    guard case .text(let text) = form, text.pieces.count == 1,
      case .literal(let literal) = text.pieces[0]
    else { return nil }
    return literal
  }

  /// As it is written here: without quotes that it does not need.
  fileprivate var shortest: String { literal.map { "\(TextExpression($0))" } ?? "\(self)" }
}

extension ValueShape {
  var isList: Bool {
    switch self {
    case .list: true
    case .either(let first, let second): first.isList || second.isList
    default: false
    }
  }

  /// Whether a value may be an object of the kind, or a list of such; words may be anything.
  fileprivate func takes(_ kind: ObjectKind) -> Bool {
    switch self {
    case .object(let kinds): kinds.isEmpty || kinds.contains(kind)
    case .list(let element, _): element.takes(kind)
    case .either(let first, let second): first.takes(kind) || second.takes(kind)
    case .words, .topics: true
    default: false
    }
  }
}
