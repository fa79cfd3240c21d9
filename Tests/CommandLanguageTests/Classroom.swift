import CommandLanguage

/// A small session for the tests: objects have a kind and nothing else, and commands say what
/// they were asked to do.
struct Classroom: CommandContext {
  typealias Output = Void

  var objects: [String: ObjectKind] = [:]
  var said: [String] = []
  var ends = false
  var functions = FunctionLibrary()

  var names: [String] { objects.keys.sorted() }

  func kind(of name: String) -> ObjectKind? {
    if let kind = objects[name] { return kind }
    guard let dot = name.firstIndex(where: { $0 == "." || $0 == "@" }),
      let base = objects[String(name[..<dot])], let number = Int(name[name.index(after: dot)...]),
      (1...5).contains(number)
    else { return nil }
    return kind(ofPart: name[dot], in: base)
  }

  func names(of kind: ObjectKind) -> [String] {
    names.flatMap { name -> [String] in
      if objects[name] == kind { return [name] }
      for mark in [".", "@"]
      where objects[name].flatMap({
        self.kind(ofPart: Character(mark), in: $0)
      }) == kind {
        return (1...5).map { "\(name)\(mark)\($0)" }
      }
      return []
    }
  }

  func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind? {
    switch (mark, kind) {
    case (".", .tasks): .task
    case ("@", .run): .checkpoint
    default: nil
    }
  }

  /// What runs came to, and what they were given.
  var objectFunctions: [ObjectFunction] {
    [
      ObjectFunction("accuracy(RUN [, task=N])", "Percent.", of: [.run], options: ["task"]),
      ObjectFunction("option(RUN, NAME)", "What an option is.", of: [.run], words: 1),
      ObjectFunction("runs(PATTERN)", "The names of runs.", of: []),
    ]
  }

  func value(of call: ObjectCall, at span: Span) throws -> Value? {
    call.function == "runs" ? .list([Operand("kd"), Operand("ft")]) : .real(40.5)
  }

  func parts(_ noun: String, of name: String) -> [String] {
    noun == "option" && objects[name] == .run ? ["memory", "temperature"] : []
  }

  func describe(_ error: any Error) -> Failure { Failure("broken: \(error)") }

  /// All kinds of object once.
  static let furnished = Classroom(objects: [
    "signs": .signs, "T": .tasks, "net": .network, "kd": .run, "ft": .run,
  ])
}

extension ObjectKind {
  static let signs = ObjectKind("signs", "a data set")
  static let tasks = ObjectKind("tasks", "a task sequence")
  static let task = ObjectKind("task", "a task")
  static let network = ObjectKind("net", "a network", madeBy: "define model")
  static let run = ObjectKind("run", "a run")
  static let checkpoint = ObjectKind("checkpoint", "a checkpoint")
}

extension CommandCategory {
  static let data = CommandCategory("Data", order: 1)
  static let models = CommandCategory("Models", order: 2)
  static let strategies = CommandCategory("Strategies", order: 3)
  static let session = CommandCategory("Session", order: 4)
}
