import CommandLanguage
import TestSupport
import Testing

private let preparation = """
  load gtsrb as signs
  tasks signs size=8 as T
  define model simplecnn as net
  run finetune net on=T as ft
  run rehearsal-kd net on=T as kd
  """

@Test func sampleDeclarationsAreInOrder() {
  #expect(Registry.sample.review(preparation: preparation, in: Classroom()) == [])
}

@Test func reviewFindsWhatIsWrong() {
  let bad = Command<Classroom>(
    "make big thing", "No sentence", category: .data, effect: .changes,
    parameters: [
      Parameter.option("n", .integer(1...2), default: 1, "No sentence"),
      Parameter.option("n", .integer(1...2), default: 1, "Twice."),
    ],
    examples: [Example("make big thing n=3", "Nothing."), Example("say x", "Another.")],
    seeAlso: ["nowhere"]
  ) { _, _ in }
  let problems = Registry([bad, .say]).review(in: Classroom())
  for part in [
    "one or two words", "summary is not a sentence", "'nowhere', which is unknown",
    "declared twice", "no sentence of help", "example 'make big thing n=3': unknown command",
    "example 'say x' is another command's",
  ] {
    #expect(problems.contains { $0.contains(part) }, "\(part) in \(problems)")
  }
}

@Test func helpPageShowsUsageTableExamplesAndMore() {
  guard case .page(let page) = Registry.sample.help(on: "pretrain") else {
    Issue.record("no page")
    return
  }
  #expect(
    page.text(width: 72) == """
      pretrain: Trains a network on one task.

        pretrain NET on=TASK|TASKS [epochs=N] [lr=X] [cache=FILE]

        NET            The network to train.
        on=TASK|TASKS  The images to train on. (required)
        epochs=N       Passes over the images. (from 1 to 1000; default 4)
        lr=X           The learning rate. (above 0 to 10; default 0.001)
        cache=FILE     A file that keeps the weights.

      examples
        pretrain net on=T.1 epochs=2
            Two passes over the first task.

      also found as fit, train

      see also help run
      """)
}

@Test func helpKnowsFirstWordsStrategiesAndOtherToolsWords() {
  let registry = Registry.sample
  if case .several(let pages) = registry.help(on: "load") {
    #expect(pages.map(\.title) == ["load gtsrb", "load folder"])
  } else {
    Issue.record("'load' is several")
  }
  if case .page(let page) = registry.help(on: "rehearsal-kd") {
    #expect(page.parameters.map(\.form) == ["memory=N", "temperature=X"])
    #expect(page.usage == "run rehearsal-kd NET on=TASKS [option=…] [as NAME]")
  } else {
    Issue.record("a strategy has a page")
  }
  if case .page(let page) = registry.help(on: "imshow") {
    #expect(page.title == "show batch")
  } else {
    Issue.record("'imshow' is found")
  }
  #expect(registry.help(on: "pretain") == .unknown(suggestion: "pretrain"))
}

/// By their names, or else by other tools' words.
@Test(
  arguments: [
    ("epochs", ["epochs"], ["pretrain"]), ("learning_rate", ["lr"], ["pretrain"]),
    ("memory", ["memory"], ["rehearsal-kd"]), ("nothing", nil, nil), ("net", nil, nil),
  ] as [(String, [String]?, [String]?)])
func optionsAreFoundOnTheirPages(word: String, names: [String]?, pages: [String]?) {
  let found = Registry.sample.options(named: word)
  #expect(found?.names == names && found?.pages == pages)
}

@Test func overviewListsEveryCommandBelowItsCategory() {
  let overview = Registry.sample.overview()
  for command in Registry.sample.commands { #expect(overview.contains("\n  \(command.verb) ")) }
  #expect(overview.hasPrefix("Data\n  load gtsrb"))
}

@Test func manualNamesEveryParameter() {
  let manual = Registry.sample.manual
  for command in Registry.sample.commands {
    #expect(manual.contains("### \(command.verb)\n"))
    for parameter in command.parameters where parameter.place == .option {
      #expect(manual.contains("`\(parameter.name)="))
    }
  }
}
