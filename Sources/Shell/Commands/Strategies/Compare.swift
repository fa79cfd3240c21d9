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
    let test = Parameter.optional(
      "test", .choice(of: SignificanceTest.self) { $0.summary },
      "Instead: whether each two differ by more than chance.",
      searchWords: ["p-value", "significance", "significant", "t-test", "wilcoxon"])
    let figure = Parameter.option(
      "figure", .choice(of: TestedFigure.self), default: .average, "The figure that test= tests.")
    return ShellCommand(
      "compare", "Puts runs side by side: accuracy after each task, average, forgetting.",
      category: .strategies, effect: .looks,
      parameters: [runs, metric, head, by, each, test, figure],
      formats: .table,
      examples: [
        Example("compare [ft, kd]", "A row per run."),
        Example("compare > curves.csv", "A row per run and task, for other programs."),
        Example("compare metric=task-masked", "If the task of every image were told."),
        Example(
          "compare head=nearest-mean", "By the means of exemplars, where a strategy has them."),
        Example("compare each=on", "Every seed by itself."),
        Example("compare [many, other] test=permutation", "More than chance? Over seeds."),
        Example("compare [ft, kd] test=mcnemar", "Over the test images of two single runs."),
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

        test=permutation and test=sign pair runs by their seeds and need several of each: all ways to \
        flip the signs of the differences are gone through. test=mcnemar pairs single runs by the test \
        images. p is how often chance alone gives a difference at least as large; of several comparisons \
        p (Holm) is the one to look at.
        """
    ) { context, arguments in
      let sets = try context.runSets(arguments[runs], each: arguments[each])
      if let test = arguments[test] {
        guard sets.count > 1 else { throw RunProblem.nothingToCompare(name: sets[0].name) }
        var output =
          test == .mcnemar
          ? try context.mcNemar(of: sets, arguments)
          : try context.significance(
            of: sets, by: test, arguments[figure], arguments[metric], arguments[head])
        // McNemar's test is of now.
        let names = sets.flatMap(\.runs).map(\.name)
        let warnings = test == .mcnemar ? context.staleNotes(names) : context.notes(on: sets)
        output.notes += warnings
        output.warnings += warnings
        return output
      }
      var output = CommandOutput(
        table: comparisonTable(sets, arguments[metric], head: arguments[head]),
        warnings: context.tableNotes(on: sets),
        record: comparisonRecord(sets, arguments[metric], arguments[head]))
      output.tablesOfForms["csv"] = curves(sets)
      return output
    }
  }
}
