import CommandLanguage
import PlainText
import Sessions

/// The relations that `expect` can ask for.
private enum ExpectParameters {
  /// Figures are shown with two decimals.
  static let rounding = 0.005
  static let figure = Parameter.positional(
    "what", .choice(of: ObjectFigure.self, \.summary), "The figure that is looked at.")
  static let object = Parameter.positional("object", .anyObject, "Whose figure.")
  static let above = Parameter.optional("above", .real(RealRange()), "Greater than this.")
  static let below = Parameter.optional("below", .real(RealRange()), "Less than this.")
  static let exactly = Parameter.optional("is", .real(RealRange()), "Equal to this.")
  static let within = Parameter.option(
    "within", .real(0...1_000_000), default: rounding, "How far the value may be from is=.")
  static let over = Parameter.optional("over", .anyObject, "Greater than this object's value.")
  static let under = Parameter.optional("under", .anyObject, "Less than this object's value.")
  static let by = Parameter.option(
    "by", .real(0...1_000_000), default: 0, "By how much at least, with over= or under=.")
  static let same = Parameter.optional("same", .anyObject, "Equal to this object's value.")
  static let differs = Parameter.optional(
    "differs", .anyObject, "Different from this object's value.")
  static let after = Parameter.optional(
    "after", .integer(1...1000), "After this task of a run (default: the last).")
  static let on = Parameter.optional(
    "on", .object(.task, .tasks), "On whose test images a network's accuracy is measured.")
  static let all: [any AnyParameter] = [
    figure, object, above, below, exactly, within, over, under, by, same, differs, after, on,
  ]
}

extension Command<ShellContext> {
  static var expect: ShellCommand {
    ShellCommand(
      "expect", "Checks a figure; a script stops with an error if it is not as expected.",
      category: .session, effect: .looks, searchWords: ["assert", "check"],
      parameters: ExpectParameters.all,
      formats: ["json", "txt"],
      examples: [
        Example("expect classes signs is=43", "As many classes as that."),
        Example("expect accuracy kd above=50 below=100", "The final accuracy, in percent."),
        Example("expect accuracy kd over=ft by=10", "At least 10 points better than another run."),
        Example("expect digest net same=net", "Equal to the last bit."),
      ],
      seeAlso: ["compare", "lesson", "digest"],
      discussion: """
        A lesson's script says with it what should have come out, so that whoever works through it \
        sees at once whether all is well; a class's results can be checked in the same way.
        """
    ) { context, arguments in
      let figure = arguments[ExpectParameters.figure]
      let name = arguments[ExpectParameters.object].name
      let relations = try context.relations(figure, arguments)
      guard !relations.isEmpty else {
        throw arguments.failure(
          at: ExpectParameters.figure,
          "say what to expect of it: above=, below=, is=, over=, under=, same= or differs=")
      }
      let value = try context.value(of: figure, name, arguments)
      let age = context.age(of: figure, name, arguments)
      for relation in relations where !relation.holds(for: value) {
        throw arguments.failure(
          at: ExpectParameters.object,
          "\(figure.rawValue) of \(name) is \(value.text)\(age.text), expected \(relation.text)",
          help: "show \(name)")
      }
      // That 43 is 43 goes without saying.
      let bounds = relations.map(\.text).filter { $0 != value.text }
      return CommandOutput(
        "as expected: \(figure.rawValue) of \(name) is \(value.text)\(age.text)"
          + (bounds.isEmpty ? "" : ", " + bounds.joined(with: "and")),
        record: ExpectationRecord(
          what: figure.rawValue, object: name, value: value.text,
          expected: relations.map(\.text), figures: age.record))
    }
  }
}

private struct ExpectationRecord: Encodable {
  var what: String
  var object: String
  var value: String
  var expected: [String]
  /// Of when the figure of a run is.
  var figures: FigureAge?
}

/// One thing that shall hold, with its words: `above 50`.
private struct Relation {
  var text: String
  var test: (Double) -> Bool = { _ in true }
  /// Of digests, which are no numbers.
  var testText: (String) -> Bool = { _ in true }

  func holds(for value: ObjectFigure.Value) -> Bool {
    switch value {
    case .number(let number, _): test(number)
    case .text(let text): testText(text)
    }
  }
}

extension ShellContext {
  fileprivate mutating func value(
    of figure: ObjectFigure, _ name: String, _ arguments: Arguments
  ) throws -> ObjectFigure.Value {
    try value(
      of: figure, name, after: arguments[ExpectParameters.after],
      on: arguments[ExpectParameters.on]?.name)
  }

  /// Of when a figure is that is measured at the end of a run's tasks; in words only if the run has
  /// gone on since, and nobody asked for a task.
  fileprivate func age(
    of figure: ObjectFigure, _ name: String, _ arguments: Arguments
  ) -> (text: String, record: FigureAge?) {
    guard figure.isTested, case .run(let run)? = session[name] else { return ("", nil) }
    var age = FigureAge(name, run.run)
    age.afterTask = arguments[ExpectParameters.after] ?? age.afterTask
    let text =
      arguments[ExpectParameters.after] == nil && run.run.hasMovedOn
      ? " after task \(age.afterTask) (the run has trained further since: \(place(of: run.run)))"
      : ""
    return (text, age)
  }

  /// All that was asked for, in the order of the parameters.
  fileprivate mutating func relations(
    _ figure: ObjectFigure, _ arguments: Arguments
  ) throws -> [Relation] {
    var relations: [Relation] = []
    if let limit = arguments[ExpectParameters.above] {
      relations.append(Relation(text: "above \(limit.plainText)", test: { $0 > limit }))
    }
    if let limit = arguments[ExpectParameters.below] {
      relations.append(Relation(text: "below \(limit.plainText)", test: { $0 < limit }))
    }
    if let wanted = arguments[ExpectParameters.exactly] {
      let distance = arguments[ExpectParameters.within]
      let text =
        wanted.plainText + (distance > ExpectParameters.rounding ? " ± \(distance.plainText)" : "")
      relations.append(Relation(text: text, test: { ($0 - wanted).magnitude <= distance }))
    }
    if figure == .digest, let relation = relations.first {
      throw Failure("a digest is not a number: it cannot be \(relation.text)", help: "help expect")
    }
    let margin = arguments[ExpectParameters.by]
    let lead = margin == 0 ? "" : "at least \(margin.plainText) "
    if let other = arguments[ExpectParameters.over]?.name {
      let limit = try number(of: figure, other, arguments)
      relations.append(
        Relation(
          text: "\(lead)more than \(other)'s \(limit.text)",
          test: { margin == 0 ? $0 > limit.number : $0 >= limit.number + margin }))
    }
    if let other = arguments[ExpectParameters.under]?.name {
      let limit = try number(of: figure, other, arguments)
      relations.append(
        Relation(
          text: "\(lead)less than \(other)'s \(limit.text)",
          test: { margin == 0 ? $0 < limit.number : $0 <= limit.number - margin }))
    }
    for (parameter, isSame) in [(ExpectParameters.same, true), (ExpectParameters.differs, false)] {
      guard let other = arguments[parameter]?.name else { continue }
      let value = try value(of: figure, other, arguments)
      relations.append(
        Relation(
          text: "\(isSame ? "the same as" : "different from") \(other)'s \(value.text)",
          test: { (.number($0, decimals: 0) == value.rounded) == isSame },
          testText: { (.text($0) == value) == isSame }))
    }
    return relations
  }

  private mutating func number(
    of figure: ObjectFigure, _ name: String, _ arguments: Arguments
  ) throws -> (number: Double, text: String) {
    let value = try value(of: figure, name, arguments)
    guard case .number(let number, _) = value else {
      throw Failure(
        "a digest is not a number: ask whether it is the same= as another's", help: "help expect")
    }
    return (number, value.text)
  }
}
