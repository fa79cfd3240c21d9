import CommandLanguage
import Learning

extension Command<ShellContext> {
  static var strategies: ShellCommand {
    ShellCommand(
      "strategies", "Lists the ways of teaching tasks: idea, what is kept, source.",
      category: .strategies, effect: .looks, searchWords: ["methods"], formats: .table,
      examples: [Example("strategies", "A row per strategy.")], seeAlso: ["run"]
    ) { _, _ in
      let rows = Strategies.all.map { $0.description }.map { strategy -> [Table.Cell] in
        [
          .text(strategy.name), .text(strategy.idea), .text(strategy.keeps),
          .text(strategy.source),
        ]
      }
      var output = CommandOutput(
        table: Table(["strategy", "idea", "keeps", "source"], rows: rows),
        notes: ["'help rehearsal-kd' has the formula and every option of one."])
      // As a table it would be wider than a terminal.
      output.showsTable = false
      output.lines = Strategies.all.map { $0.description }.flatMap { strategy in
        [
          "\(strategy.name): \(strategy.idea)",
          "    keeps \(strategy.keeps); from \(strategy.source)",
        ]
      }
      return output
    }
  }
}
