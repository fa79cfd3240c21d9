/// The place behind an unfinished expression: in `let`, a condition, parentheses, or a call.
struct ExpressionPlace {
  /// What has to stand there.
  private enum Due: Hashable {
    case value
    case sign
    /// Behind `exists`.
    case object
    /// Of a call, at a position counted from 0, or behind an option's name.
    case argument(of: String, at: Int, option: String?)
    /// Behind `for NAME`.
    case loopWord
    /// A new name.
    case name
  }

  private let due: Due
  /// What a call was given before the place.
  private var given: [String] = []

  typealias Candidate = Completion.Candidate

  /// - Parameter tokens: Of the last statement; nil comes of them if no expression stands there.
  init?(_ tokens: ArraySlice<Token>) {
    var open: [Int] = []
    for (index, token) in zip(tokens.indices, tokens) {
      switch token.kind {
      case .opening: open.append(index)
      case .closing: _ = open.popLast()
      default: break
      }
    }
    let head = tokens.first?.word ?? ""
    let isHead = ["let", "if", "elif", "while", "repeat", "return", "for"].contains(head)
    guard let last = tokens.last else { return nil }
    if let bracket = open.last, tokens[bracket].kind == .opening(.round),
      tokens[bracket].isJoined, bracket > tokens.startIndex, let name = tokens[bracket - 1].word,
      name.first?.beginsName ?? false,
      isHead || bracket - 1 == tokens.startIndex
        || open.dropLast().contains(where: { Self.isGroup($0, tokens) })
    {
      let inside = tokens[(bracket + 1)...]
      given = inside.compactMap(\.word)
      let isFresh = inside.isEmpty || last.kind == .comma
      var option: String?
      if case .key(let key) = last.kind { option = key }
      guard isFresh || option != nil else {
        due = Self.isValue(last) ? .sign : .value
        return
      }
      let position = inside.count { $0.kind == .comma }
      due = .argument(of: name, at: position, option: option)
      return
    }
    guard isHead || open.contains(where: { Self.isGroup($0, tokens) }) else { return nil }
    let isBare = open.isEmpty
    switch head {
    case "let" where isBare && tokens.count < 2, "for" where isBare && tokens.count == 1:
      due = .name
    case "for" where isBare && tokens.count == 2: due = .loopWord
    case "let" where isBare && tokens.count == 2 && !Self.isKey(last): due = .name
    default:
      if last.word == "exists" {
        due = .object
      } else {
        due = tokens.count > 1 && Self.isValue(last) && !Self.isWordOfHead(tokens) ? .sign : .value
      }
    }
  }

  /// Whether a bracket is one of those that work out what stands in them.
  private static func isGroup(_ bracket: Int, _ tokens: ArraySlice<Token>) -> Bool {
    tokens[bracket].kind == .opening(.round)
      && !(tokens[bracket].isJoined && bracket > tokens.startIndex
        && tokens[bracket - 1].word.map { $0 != "-" } ?? false)
  }

  private static func isKey(_ token: Token) -> Bool {
    if case .key = token.kind { true } else { token.kind == .equals }
  }

  /// Whether the last word is `in` of a `for`.
  private static func isWordOfHead(_ tokens: ArraySlice<Token>) -> Bool {
    tokens.first?.word == "for" && tokens.count == 3
  }

  private static func isValue(_ token: Token) -> Bool {
    switch token.kind {
    case .text(let text):
      text.plainWord.map { !["and", "or", "not", "in", "+", "-", "*", "/", "%", "^"].contains($0) }
        ?? true
    case .closing: true
    default: false
    }
  }

  func candidates(variables: [String], in directory: any ObjectDirectory) -> [Candidate] {
    switch due {
    case .name: return []
    case .loopWord: return [Candidate("in", "in LIST { … }")]
    case .sign: return Self.signs
    case .object: return Self.objects(directory.names, directory)
    case .value: return Self.values(variables, directory)
    case .argument(let name, let position, let option):
      guard let function = directory.objectFunctions.first(where: { $0.name == name }) else {
        return Self.values(variables, directory)
      }
      if let option {
        let names = function.optionKinds[option, default: []].flatMap(directory.names(of:))
        return Self.objects(names, directory) + Self.values(of: option, variables)
      }
      if position == 0 {
        let names = function.kinds.flatMap(directory.names(of:))
        return Self.objects(names, directory) + Self.references(variables)
      }
      let words =
        position <= function.words
        ? directory.parts(function.name, of: given.first ?? "").map { Candidate($0, "an option") }
        : []
      return words + function.options.map { Candidate($0 + "=", function.form, isWhole: false) }
        + Self.references(variables)
    }
  }

  private static let signs = [
    Candidate("and", "both hold"), Candidate("or", "one of them holds"),
    Candidate("in", "is in a list, or part of a text"),
  ]

  private static func values(of option: String, _ variables: [String]) -> [Candidate] {
    (option == "split" ? ["train", "test"].map { Candidate($0) } : []) + references(variables)
  }

  private static func objects(_ names: [String], _ directory: any ObjectDirectory) -> [Candidate] {
    names.map {
      Candidate($0, directory.kind(of: $0)?.phrase ?? "", isWhole: false)
    }
  }

  private static func references(_ variables: [String]) -> [Candidate] {
    variables.map { Candidate("$" + $0, "a variable", isWhole: false) }
  }

  /// Functions with how they are written, and variables.
  private static func values(
    _ variables: [String], _ directory: any ObjectDirectory
  ) -> [Candidate] {
    func candidate(_ name: String, _ form: String, _ summary: String) -> Candidate {
      Candidate(name + "(", "\(form): \(summary)", isWhole: false)
    }
    return references(variables)
      + directory.knownFunctions.forms.map { candidate($0.name, $0.form, "a function of yours") }
      + directory.objectFunctions.map { candidate($0.name, $0.form, $0.summary) }
      + Function.all.map { candidate($0.name, $0.form, $0.summary) }
      + [
        Candidate("exists", "NAME: whether an object is there"),
        Candidate("not", "turns it round"),
      ]
  }
}
