public import CommandLanguage
import Datasets
import Learning
import Metrics
import PlainText
import Sessions

/// What objects came to, as values of the language: `accuracy(kd, task=2)`.
extension ShellContext {
  public var objectFunctions: [ObjectFunction] { ObjectFunction.ofSessions }

  public func standsForItself(_ name: String) -> Bool {
    LayerList.signatures.contains { $0.name == name }
  }

  public func value(of call: ObjectCall, at span: Span) throws -> Value? {
    do {
      return try worked(call, at: span)
    } catch {
      throw error as? Failure ?? describe(error)
    }
  }

  private func worked(_ call: ObjectCall, at span: Span) throws -> Value {
    let name = call.subject
    if ["column", "rows"].contains(call.function) { return try tableValue(of: call, at: span) }
    if call.function == "runs" { return names(fitting: name, at: span) }
    if session.kind(of: name) == .runs {
      return .list(
        try session.members(of: name).map { member in
          let value = try value(of: member, call, at: span)
          return Operand(value, spelling: value.written, at: span)
        })
    }
    return try value(of: name, call, at: span)
  }

  private func tableValue(of call: ObjectCall, at span: Span) throws -> Value {
    var words = call.words
    var condition: RowCondition?
    if case .condition(let given)? = words.last?.value {
      condition = given
      words.removeLast()
    }
    guard let column = words.first?.spelling else {
      return .integer(try rows(of: table(call.subject), meeting: condition).rows.count)
    }
    return .list(
      try self.column(column, of: call.subject, meeting: condition).map {
        Operand($0, spelling: $0.written, at: span)
      })
  }

  private func names(fitting pattern: String, at span: Span) -> Value {
    let runs = names(of: .run).filter { Wildcard(pattern).fits($0) }
      .sorted { $0.naturallyPrecedes($1) }
    return .list(runs.map { Operand(.word($0), spelling: $0, at: span) })
  }

  private func value(of name: String, _ call: ObjectCall, at span: Span) throws -> Value {
    func numbers(_ numbers: [Int]) -> Value {
      .list(numbers.map { Operand(.integer($0), spelling: String($0), at: span) })
    }
    let reference = ObjectReference(
      name: name, kind: session.kind(of: name) ?? .unknown, span: span)
    switch (call.function, session[name]) {
    case ("classes", .data(let data)?): return numbers(Array(data.classNames.indices))
    case ("classes", _) where [.tasks, .task].contains(reference.kind):
      return numbers(try tasks(name).sequence.tasks.flatMap(\.self))
    case ("count", .data(let data)?): return .integer(try count(data, call))
    default: break
    }
    if let on = call.options["on"] { return try value(of: call, name, on: on) }
    let run = try state(of: reference).state
    switch call.function {
    case "classes": return numbers(run.history.evaluations.last?.classes ?? [])
    case "seconds": return .real(run.seconds.value)
    case "option":
      let option = call.words[0].spelling
      guard let value = run.setup.options.values[option] else {
        throw RunProblem.noOption(
          option, run: name, known: run.setup.options.values.keys.sorted())
      }
      return Value(value)
    default:
      guard let metric = ObjectMetric(rawValue: call.function),
        let value = try value(of: metric, name, run, after: try task(call))
      else { throw ExpectationProblem.noMetric(call.function, name: name, kind: "a run") }
      return Value(value)
    }
  }

  /// A figure that is measured now, on the images of `operand`.
  private func value(of call: ObjectCall, _ name: String, on operand: Operand) throws -> Value {
    guard let metric = ObjectMetric(rawValue: call.function) else {
      throw ExpectationProblem.noImages(call.function)
    }
    let images = try ValueKind<ObjectReference>.object(.task, .tasks, .data)
      .value(of: operand, in: self)
    // Measuring shows its progress, but changes nothing of the session.
    var working = self
    return Value(
      try working.value(of: metric, name, after: try task(call), on: images))
  }

  private func task(_ call: ObjectCall) throws -> Int? {
    guard let operand = call.options["task"] else { return nil }
    guard case .integer(let task) = operand.value, task > 0 else {
      throw ExpectationProblem.noTaskNumber(operand.spelling)
    }
    return task
  }

  private func count(_ data: DataSet, _ call: ObjectCall) throws -> Int {
    var split = DataSet.Split.train
    if let word = call.options["split"]?.spelling {
      guard let known = DataSet.Split(rawValue: word) else {
        throw ExpectationProblem.noSplit(word)
      }
      split = known
    }
    guard let label = call.options["class"] else { return data[split].count }
    let words = try ValueKind<[ClassWord]>.classes.value(of: label, in: self)
    return data[split].indices(of: try classes(words, of: data, at: Self.classParameter)).count
  }

  private static let classParameter = Parameter.optional("class", .classes, "A class.")
}

extension Value {
  fileprivate init(_ value: ObjectMetric.Value) {
    switch value {
    case .number(let number, _): self = .real(number)
    case .text(let text): self = .text(text)
    }
  }

  fileprivate init(_ option: OptionValue) {
    switch option {
    case .integer(let number): self = .integer(number)
    case .real(let number): self = .real(number)
    case .flag(let flag): self = .flag(flag)
    case .choice(let word): self = .word(word)
    }
  }
}

/// A name with `*` for any letters.
private struct Wildcard {
  private let parts: [Substring]

  init(_ pattern: String) {
    parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
  }

  func fits(_ name: String) -> Bool {
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return parts.first.map { $0 == name } ?? name.isEmpty
    }
    guard name.hasPrefix(first), name.dropFirst(first.count).hasSuffix(last) else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}
