import CommandLanguage
import PlainText
import Sessions

/// The relations that `expect` can ask for.
private enum ExpectParameters {
  /// Figures are shown with two decimals.
  static let rounding = 0.005
  static let metric = Parameter.positional(
    "what", .choice(of: ObjectMetric.self, \.summary), "The figure that is looked at.")
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
    "on", .object(.task, .tasks, .data),
    "On whose test images accuracy or macro is measured now, of a run or a network.")
  static let each = Parameter.option(
    "each", .flag, default: false, "Of every run of several seeds, rather than of their mean.")
  static let or = Parameter.optionalPositional(
    "or", .choice(["or"]), "The word 'or', before 'stop'.")
  static let stop = Parameter.optionalPositional(
    "stop", .choice(["stop"]), "With 'or': a script stops here if it does not hold.")
  static let all: [any AnyParameter] = [
    metric, object, or, stop, above, below, exactly, within, over, under, by, same, differs, after,
    on, each,
  ]
}

extension Command<ShellContext> {
  static var expect: ShellCommand {
    ShellCommand(
      "expect", "Checks a figure; a script goes on, and fails at its end if it is not as expected.",
      category: .session, effect: .looks, searchWords: ["assert", "check"],
      parameters: ExpectParameters.all, formats: ["json", "txt"],
      examples: [
        Example("expect classes signs is=43", "As many classes as that."),
        Example("expect accuracy kd above=50 below=100", "The final accuracy, in percent."),
        Example("expect accuracy kd over=ft by=10", "At least 10 points better than another run."),
        Example("expect digest net same=net", "Equal to the last bit."),
        Example("expect images signs above=0 or stop", "A script without images ends here."),
      ], seeAlso: ["compare", "lesson", "digest"],
      discussion: """
        A lesson's script says with it what should have come out, so that whoever works through it \
        sees at once whether all is well; a class's results can be checked in the same way.

        A script goes on after what does not hold, says at its end how many of all hold, 'expect: 3 of \
        5 hold', and ends with exit code 1. With 'or stop' it stops at once. What 'try' carries out goes \
        to its 'else', and is not counted. Of runs of several seeds the mean is looked at, with \
        each=on every run.
        """
    ) { context, arguments in
      let reference = arguments[ExpectParameters.object]
      guard
        arguments.isGiven(ExpectParameters.or) == arguments.isGiven(ExpectParameters.stop)
      else { throw ExpectationProblem.halfOfOrStop }
      let references =
        arguments[ExpectParameters.each] ? context.members(of: reference) : [reference]
      var outputs: [(name: String, output: CommandOutput)] = []
      for reference in references {
        let output = try context.expectation(reference.name, arguments)
        if output.unmet != nil { return output }
        outputs.append((reference.name, output))
      }
      return outputs.count == 1 ? outputs[0].output : CommandOutput(joining: outputs)
    }
  }
}

extension ShellContext {
  /// Whether the figure of one object is as expected.
  fileprivate mutating func expectation(
    _ name: String, _ arguments: Arguments
  ) throws -> CommandOutput {
    let metric = arguments[ExpectParameters.metric]
    let relations = try relations(metric, arguments)
    guard !relations.isEmpty else { throw ExpectationProblem.nothingExpected }
    let value = try value(of: metric, name, arguments)
    let age = age(of: metric, name, arguments)
    let seeds = session.kind(of: name) == .runs ? session.runs(of: name).count : 1
    let found = value.text + (seeds > 1 ? " (mean of \(seeds) seeds)" : "") + age.text
    var output = CommandOutput()
    if let relation = relations.first(where: { !$0.holds(value) }) {
      output.unmet = CommandOutput.Unmet(
        problem: ExpectationProblem.other(
          metric: metric.rawValue, name: name, found: found, expected: relation.text),
        isLast: arguments.isGiven(ExpectParameters.stop))
      return output
    }
    // That 43 is 43 goes without saying.
    let bounds = relations.map(\.text).filter { $0 != value.text }
    output.lines = [
      "as expected: \(metric.rawValue) of \(name) is \(found)"
        + (bounds.isEmpty ? "" : ", " + bounds.joined(with: "and"))
    ]
    output.record =
      [
        "what": metric.rawValue, "object": name, "value": value.text,
        "expected": relations.map(\.text), "figures": age.record,
      ] as ResultRecord
    output.isExpectation = true
    return output
  }
}

/// One thing that shall hold, with its words: `above 50`.
private struct Relation {
  var text: String
  var holds: (ObjectMetric.Value) -> Bool

  init(_ text: String, holds: @escaping (ObjectMetric.Value) -> Bool) {
    (self.text, self.holds) = (text, holds)
  }

  /// One that no digest fulfils.
  init(_ text: String, number holds: @escaping (Double) -> Bool) {
    self.init(text) { if case .number(let number, _) = $0 { holds(number) } else { false } }
  }
}

extension ShellContext {
  fileprivate mutating func value(
    of metric: ObjectMetric, _ name: String, _ arguments: Arguments
  ) throws -> ObjectMetric.Value {
    try value(
      of: metric, name, after: arguments[ExpectParameters.after],
      on: arguments[ExpectParameters.on])
  }

  /// Of when a figure is that is measured at the end of a run's tasks; in words only if the run has
  /// gone on since, and nobody asked for a task.
  fileprivate func age(
    of metric: ObjectMetric, _ name: String, _ arguments: Arguments
  ) -> (text: String, record: MetricAge?) {
    guard metric.isTested, !arguments.isGiven(ExpectParameters.on),
      case .run(let run)? = session[name]
    else { return ("", nil) }
    var age = MetricAge(name, run.run)
    age.afterTask = arguments[ExpectParameters.after] ?? age.afterTask
    let text =
      arguments[ExpectParameters.after] == nil && run.run.hasMovedOn
      ? " after task \(age.afterTask) (the run has trained further since: \(place(of: run.run)))"
      : ""
    return (text, age)
  }

  /// All that was asked for, in the order of the parameters.
  fileprivate mutating func relations(
    _ metric: ObjectMetric, _ arguments: Arguments
  ) throws -> [Relation] {
    var relations: [Relation] = []
    if let limit = arguments[ExpectParameters.above] {
      relations.append(Relation("above \(limit.plainText)", number: { $0 > limit }))
    }
    if let limit = arguments[ExpectParameters.below] {
      relations.append(Relation("below \(limit.plainText)", number: { $0 < limit }))
    }
    if let wanted = arguments[ExpectParameters.exactly] {
      let distance = arguments[ExpectParameters.within]
      let text =
        wanted.plainText + (distance > ExpectParameters.rounding ? " ± \(distance.plainText)" : "")
      relations.append(Relation(text, number: { ($0 - wanted).magnitude <= distance }))
    }
    if metric == .digest, !relations.isEmpty { throw ExpectationProblem.digestIsNoNumber }
    let margin = arguments[ExpectParameters.by]
    let lead = margin == 0 ? "" : "at least \(margin.plainText) "
    for (parameter, isOver) in [(ExpectParameters.over, true), (ExpectParameters.under, false)] {
      guard let other = arguments[parameter]?.name else { continue }
      let value = try value(of: metric, other, arguments)
      guard case .number(let limit, _) = value else { throw ExpectationProblem.digestIsNoNumber }
      relations.append(
        Relation(
          "\(lead)\(isOver ? "more" : "less") than \(other)'s \(value.text)",
          number: {
            if margin == 0 { return isOver ? $0 > limit : $0 < limit }
            return isOver ? $0 >= limit + margin : $0 <= limit - margin
          }))
    }
    for (parameter, isSame) in [(ExpectParameters.same, true), (ExpectParameters.differs, false)] {
      guard let other = arguments[parameter]?.name else { continue }
      let value = try value(of: metric, other, arguments)
      relations.append(
        Relation("\(isSame ? "the same as" : "different from") \(other)'s \(value.text)") {
          ($0.rounded == value.rounded) == isSame
        })
    }
    return relations
  }
}
