import CommandLanguage
import Learning
import Shell
import Testing

/// What `help` says of a word that is an option, by its name or by another one.
struct HelpOnOptionsTests {
  /// A topic, a command or nothing else: the last line tells of the option.
  @Test(arguments: [
    ("epochs", "epoch: ", "'epochs' is also an option of pretrain, finetune, joint, "),
    ("batch", "epoch: ", "'batch' is also an option of "),
    ("lr", "learning-rate: ", "'lr' is also an option of pretrain, finetune, "),
    ("memory", "memory: ", "'memory' is also an option of rehearsal-kd, "),
    ("split", "split: ", "'split' is also an option of "),
    (
      "buffer", "show memory: ",
      "'buffer' is also called 'memory' here, an option of rehearsal-kd, "
    ),
  ])
  func whatIsAlsoAnOptionSaysSo(word: String, begins: String, ends: String) throws {
    var shell = TestShell()
    let text = try shell.output(of: "help \(word)")
    #expect(text.hasPrefix(begins), "\(text)")
    let last = try #require(text.split(separator: "\n\n").last).split(separator: "\n")
      .joined(separator: " ")
    #expect(last.hasPrefix(ends), "\(last)")
    #expect(last.contains(": see 'help ") && last.hasSuffix("'"), "\(last)")
  }

  @Test func topicsOfOtherWordsHaveNoSuchLine() throws {
    var shell = TestShell()
    let topic = try shell.output(of: "help forgetting")
    let explanation = try shell.output(of: "explain forgetting")
    #expect(topic == explanation)
    let page = try shell.output(of: "help pretrain")
    #expect(!page.contains("is also"))
  }

  /// A formula's letter leads to the option, and that to every strategy that has it.
  @Test(arguments: ["lambda", "λ", "ewc_lambda"])
  func letterOfAFormulaLeadsToItsOption(word: String) throws {
    var shell = TestShell()
    let problem = shell.error(of: "help \(word)")
    let text = try #require(problem).text()
    #expect(text.contains("'\(word)' is called 'strength' here, an option of "), "\(text)")
    #expect(text.contains("see 'help ewc'"))
    let message = try #require(text.split(separator: "\n").first)
    for strategy in Strategies.all {
      let has = strategy.options.contains { $0.name == "strength" }
      let words = message.split { $0 == " " || $0 == "," }.map(String.init)
      let name = strategy.description.name
      #expect(words.contains(name) == has, "\(name): \(message)")
    }
  }

  @Test func autosaveIsExplained() throws {
    var shell = TestShell()
    let text = try shell.output(of: "help autosave")
    #expect(text.hasPrefix("restore autosave: ") && text.contains("help drop autosave"), "\(text)")
  }
}
