import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Runs that an earlier version began, whose files say nothing of rules.
struct RuleChangeTests {
  struct Case: Sendable {
    var strategy: String
    var given: [String: OptionValue] = [:]
    var scenario = Scenario.classIncremental
    var change: RuleChange?
  }

  static let cases = [
    Case(strategy: "finetune"), Case(strategy: "replay"), Case(strategy: "lwf"),
    Case(strategy: "si"), Case(strategy: "icarl"), Case(strategy: "der"),
    Case(strategy: "rehearsal-kd"),
    Case(strategy: "wa", change: .distillation), Case(strategy: "bic", change: .distillation),
    Case(strategy: "dark", change: .outputsToCome),
    Case(strategy: "ewc", change: .importances),
    Case(strategy: "mas", change: .importances),
    Case(strategy: "ewc", given: ["rivals": .choice("all")]),
    Case(
      strategy: "ewc", given: ["rivals": .choice("all")], scenario: .taskIncremental,
      change: .importances),
    Case(strategy: "er-ace", change: .stream),
    Case(strategy: "er-ace", given: ["policy": .choice("random")]),
    Case(
      strategy: "er-ace", given: ["policy": .choice("random"), "label-smoothing": .real(0.1)],
      change: .smoothing),
    Case(strategy: "replay", given: ["policy": .choice("fifo")], change: .stream),
    Case(strategy: "icarl", given: ["label-smoothing": .real(0.1)], change: .smoothing),
    Case(strategy: "rehearsal-kd", scenario: .taskIncremental, change: .distillationInTask),
  ]

  /// The run as a file of rules that it names, or of none.
  private func saved(_ run: Run, rules: Int?) throws -> Run {
    var whole = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(run)) as? [String: Any])
    var setup = try #require(whole["setup"] as? [String: Any])
    #expect(setup["rules"] as? Int == RuleChange.current)
    setup["rules"] = rules
    whole["setup"] = setup
    return try JSONDecoder().decode(
      Run.self, from: JSONSerialization.data(withJSONObject: whole))
  }

  /// They can go on if they go on as they began; a run of now always can.
  @Test(arguments: cases) func runFromBeforeTheRulesGoesOnOrSaysWhyNot(row: Case) throws {
    var course = try FollowedRun(row.strategy, row.given, scenario: row.scenario)
    #expect(course.run.ruleChange == nil)
    try course.endTask()
    #expect(course.run.ruleChange == nil)
    let old = try saved(course.run, rules: nil)
    #expect(old.setup.rules == 1)
    #expect(old.ruleChange == row.change)
    // A finished run is only looked at.
    course.run.advance(course.data, on: FollowedRun.device)
    #expect(try saved(course.run, rules: nil).ruleChange == nil)
  }

  /// Features of a random view were cached unless the transform cropped or mirrored.
  @Test(
    arguments: [
      (Transform.Part.jitter, RuleChange.randomViews), (.crop, nil), (.equalization, nil),
    ] as [(Transform.Part, RuleChange?)])
  func runThatCachedRandomViewsDoesNotGoOn(part: Transform.Part, change: RuleChange?) throws {
    let data = try SmallSigns.data(transform: .only(part))
    let run = try SmallSigns.Course(strategy: "der").run(on: data)
    #expect(try saved(run, rules: nil).ruleChange == change)
  }

  @Test func runOfALaterVersionDoesNotGoOn() throws {
    let course = try FollowedRun("finetune")
    let later = try saved(course.run, rules: RuleChange.current + 1)
    #expect(later.ruleChange == .laterVersion)
  }
}
