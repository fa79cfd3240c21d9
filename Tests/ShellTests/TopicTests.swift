import CommandLanguage
import Foundation
import Learning
import Shell
import TestSupport
import Testing

/// What `explain` knows.
struct TopicTests {
  /// In shells in which the objects are live that all topics' commands assume.
  @Test(.takesLong) func commandsOfTopicsRun() throws {
    let prepared = try TestShell(after: Preparation.steps.map(\.line).joined(separator: "\n"))
    for topic in Topic.all {
      #expect(!topic.commands.isEmpty, "\(topic.name)")
      var shell = prepared
      for command in topic.commands {
        let error = shell.error(of: command)
        #expect(error == nil, "\(topic.name): \(command): \(error?.text() ?? "")")
      }
    }
  }

  @Test func everyStrategyIsATopicThatExplainsItself() {
    for strategy in Strategies.all {
      let description = strategy.description
      let topic = Topic.named(description.name)
      #expect(topic?.kind == .strategy, "\(description.name)")
      #expect(description.explanation.count > 80, "\(description.name) says nothing of itself")
      #expect(topic?.text.hasPrefix(description.explanation) == true)
    }
  }

  @Test func namesAreUniqueAndReferencesLead() {
    var seen: Set<String> = []
    for topic in Topic.all {
      for name in topic.allNames {
        // A strategy may have the name of an idea's synonym: the strategy is meant.
        if !seen.insert(name).inserted { #expect(Topic.named(name)?.name == name) }
      }
      for other in topic.seeAlso { #expect(Topic.named(other)?.name == other, "\(topic.name)") }
    }
  }

  @Test(arguments: [
    ("forgetting", "forgetting"), ("catastrophic forgetting", "forgetting"),
    ("head growth", "head-growth"), ("Head-Growth", "head-growth"), ("bwt", "backward-transfer"),
    ("herding", "exemplar"), ("rehearsal-kd", "rehearsal-kd"), ("softmax", "logits"),
  ])
  func topicsAreFoundByTheirOtherNames(asked: String, found: String) {
    #expect(Topic.named(asked)?.name == found)
  }

  @Test func explainTellsAllThereIs() throws {
    var shell = TestShell()
    let text = try shell.output(of: "explain temperature")
    for part in [
      "temperature:", "softmax(z/T)", "Hinton", "load synthetic", "explain distillation",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    let list = try shell.output(of: "explain")
    for topic in Topic.all { #expect(list.contains("  \(topic.name) ")) }
  }

  @Test func whatIsLiveNeedNotBeMade() throws {
    var shell = try TestShell(after: Preparation.steps[0].line)
    let text = try shell.output(of: "explain task")
    #expect(!text.contains("load synthetic") && text.contains("show batch signs"))
  }

  @Test(arguments: [
    ("explain forgeting", "did you mean 'forgetting'?"),
    ("explain load gtsrb", "'help load gtsrb'"),
    ("explain xyzzy", "help: explain"),
  ])
  func whatIsUnknownLeadsOn(line: String, answer: String) {
    var shell = TestShell()
    let text = shell.error(of: line)?.text() ?? ""
    #expect(text.contains(answer))
  }

  @Test func helpKnowsTheIdeasToo() throws {
    var shell = TestShell()
    let explanation = try shell.output(of: "explain distillation")
    let help = try shell.output(of: "help distillation")
    // It is an option as well.
    #expect(help.hasPrefix(explanation) && help.count > explanation.count, "\(help)")
  }

  /// `docs/concepts.md` is what `explain` writes: after a change of a topic, write it anew.
  @Test func conceptsAreUpToDate() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/concepts.md").standardized
    let written = try String(contentsOf: file, encoding: .utf8)
    #expect(
      written == Topic.handbook, "carry out: scripts/run -c 'explain > docs/concepts.md'")
  }
}
