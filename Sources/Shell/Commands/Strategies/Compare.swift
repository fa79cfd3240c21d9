import CommandLanguage
import Learning
import Metrics

extension Command<ShellContext> {
  static var compare: ShellCommand {
    let runs = Parameter.optionalPositional(
      "runs", .list(of: .object(.run, .runs)), "The runs, such as [ft, kd] (default: all).")
    let metric = Parameter.option(
      "metric", .choice(of: AccuracyMetric.self), default: .accuracy,
      "Over all images, the mean over classes, or with only the outputs of an image's own task.")
    let head = HeadChoice.parameter
    let by = Parameter.option("by", .choice(["task"]), default: "task", "What the columns are.")
    let each = Parameter.option(
      "each", .flag, default: false, "A row for every seed, instead of mean ± deviation.")
    return ShellCommand(
      "compare", "Puts runs side by side: accuracy after each task, average, forgetting.",
      category: .strategies, effect: .looks, parameters: [runs, metric, head, by, each],
      formats: .table,
      examples: [
        Example("compare [ft, kd]", "A row per run."),
        Example("compare > curves.csv", "A row per run and task, for other programs."),
        Example("compare metric=task-masked", "If the task of every image were told."),
        Example(
          "compare head=nearest-mean", "By the means of exemplars, where a strategy has them."),
        Example("compare each=on", "Every seed by itself."),
      ], seeAlso: ["plot accuracy", "matrix", "run"],
      discussion: """
        average: the mean of the accuracies after each task. ACC: the accuracy on each task after the \
        last one, averaged over tasks, so that a task with many images counts no more than another. \
        forgetting: for every task but the last, its best earlier accuracy minus its final accuracy, \
        averaged. BWT (backward transfer): for every task but the last, its final accuracy minus its \
        accuracy when it was just learned, averaged. FWT (forward transfer, with scenario=domain): for \
        every task but the first, its accuracy just before it is learned minus that of guessing, \
        averaged. metric= applies to all of them. A task without test \
        images is left out of every mean. memory: all that is kept besides the network, counted \
        in images of 32×32×3 bytes; a star says that exemplars of old classes were drawn again from \
        all of their images, more than is kept. Runs of several seeds are one row: mean ± standard \
        deviation of the sample.

        Options in which runs of one strategy differ have columns of their own. Figures are those of \
        the last test, at the end of a task: of a run that has trained further since, the table says where \
        it stands.
        """
    ) { context, arguments in
      let sets = try context.runSets(arguments[runs], each: arguments[each])
      var output = CommandOutput(
        table: comparisonTable(sets, arguments[metric], head: arguments[head]),
        warnings: context.tableNotes(on: sets),
        record: comparisonRecord(sets, arguments[metric], arguments[head]))
      output.tablesOfForms["csv"] = curves(sets)
      return output
    }
  }
}
