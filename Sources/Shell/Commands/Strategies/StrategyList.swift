import CommandLanguage
import Datasets
import Experiments
import Learning
import Plotting
import Sessions

extension Command<ShellContext> {
  static var strategies: ShellCommand {
    ShellCommand(
      "strategies", "Lists the ways of teaching tasks: idea, what is kept, source.",
      category: .strategies, searchWords: ["methods"], formats: .table,
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

  static var showMemory: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    return ShellCommand(
      "show memory", "Shows the exemplars that a run keeps.", category: .strategies,
      searchWords: ["buffer"], parameters: [run],
      formats: .table + [String].picture.filter { $0 != "html" },
      examples: [Example("show memory kd", "How many of each class, as pictures and numbers.")],
      seeAlso: ["run", "status"]
    ) { context, arguments in
      let object = try context.run(arguments[run].name)
      let memory = object.run.learner.memory
      guard !memory.isEmpty else {
        let name = arguments[run].name
        guard object.run.keepsExemplars, !object.run.isFinished else {
          throw Failure("'\(name)' keeps no images", help: "strategies")
        }
        throw Failure(
          "'\(name)' keeps no images yet: the first are chosen at the end of a task",
          help: "help continue")
      }
      let data = try context.data(object.data)
      if let misfit = TrainingObjection.misfit(of: object.run, with: data) {
        throw misfit.failure(arguments[run].name)
      }
      let rows = memory.classes.map { exemplars -> [Table.Cell] in
        [
          .integer(exemplars.label), .text(data.classNames[exemplars.label]),
          .integer(exemplars.images.count),
        ]
      }
      return CommandOutput(
        counted(memory.count, "exemplar"),
        table: Table(["class", "name", "exemplars"], rows: rows),
        figure: .images(.init(tiles: data.plainTiles(memory.images), perRow: 20)))
    }
  }
}
