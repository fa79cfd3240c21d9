import CommandLanguage
import Datasets
import Experiments
import Learning
import PlainText
import Plotting
import Sessions

extension Command<ShellContext> {
  static var showMemory: ShellCommand {
    let run = Parameter.positional("run", .object(.run), "The run.")
    return ShellCommand(
      "show memory", "Shows the exemplars that a run keeps.", category: .strategies, effect: .looks,
      searchWords: ["buffer"], parameters: [run],
      formats: .table + [String].picture.filter { $0 != "html" },
      examples: [Example("show memory kd", "How many of each class, as pictures and numbers.")],
      seeAlso: ["run", "status"]
    ) { context, arguments in
      let object = try context.run(arguments[run].name)
      let memory = object.run.learner.memory
      guard !memory.isEmpty else {
        let name = arguments[run].name
        throw object.run.keepsExemplars && !object.run.isFinished
          ? RunProblem.keepsNoImagesYet(run: name) : .keepsNoImages(run: name)
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
