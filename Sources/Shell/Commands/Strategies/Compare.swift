import CommandLanguage
import Learning
import Metrics
import Sessions

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
    let caption = Parameter.optional(
      "caption", .text, "Of a .tex file: what stands over the table, which then floats.")
    let label = Parameter.optional(
      "label", .text, "Of a .tex file: the name that \\ref refers to, such as tab:runs.")
    let standalone = Parameter.option(
      "standalone", .flag, default: false,
      "Of a .tex file: a whole document, which pdflatex makes a page of.")
    return ShellCommand(
      "compare", "Puts runs side by side: accuracy after each task, average, forgetting.",
      category: .strategies, effect: .looks,
      parameters: [runs, metric, head, by, each, test, figure, caption, label, standalone],
      result: .table, resultIsOptional: true, formats: .table,
      examples: [
        Example("compare [ft, kd]", "A row per run."),
        Example("compare > curves.csv", "A row per run and task, for other programs."),
        Example("compare > runs.tex", "For a paper: booktabs, the best in bold."),
        Example("compare metric=task-masked", "If the task of every image were told."),
        Example(
          "compare head=nearest-mean", "By the means of exemplars, where a strategy has them."),
        Example("compare each=on", "Every seed by itself."),
        Example("compare [ft, kd] as rows", "A table of one's own: 'plot rows' draws it."),
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

        'as NAME' keeps the rows as a table of results, which 'show' sorts and 'plot' draws: a row for \
        every run, each seed its own, with its seed, the options in which the runs differ, and all \
        digits. With test= it keeps what the test found.

        test=permutation and test=sign pair runs by their seeds and need several of each: all ways to \
        flip the signs of the differences are gone through. test=mcnemar pairs single runs by the test \
        images. p is how often chance alone gives a difference at least as large; of several comparisons \
        p (Holm) is the one to look at.

        '> FILE.tex' is a table for a paper, with the rules of the package booktabs: mean ± standard \
        deviation, and in bold the best of each column. caption= and label= put it into a float.
        """
    ) { context, arguments in
      let sets = try context.runSets(arguments[runs], each: arguments[each])
      let frame = LaTeXFrame(
        caption: arguments[caption], label: arguments[label], isDocument: arguments[standalone])
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
        output.latex = frame
        output.notes += warnings
        output.warnings += warnings
        try context.keep(output.table.flatMap { ResultTable($0) }, arguments, &output)
        return output
      }
      var output = CommandOutput(
        table: comparisonTable(sets, arguments[metric], head: arguments[head]),
        warnings: context.tableNotes(on: sets),
        record: comparisonRecord(sets, arguments[metric], arguments[head]))
      output.latex = frame
      output.tablesOfForms["csv"] = curves(sets)
      if arguments.resultName != nil {
        try context.keep(
          ResultTable(comparing: sets.flatMap(\.runs), arguments[metric], arguments[head]),
          arguments, &output)
      }
      return output
    }
  }
}

extension ShellContext {
  /// Makes an object of the rows of a comparison, if `as` names one, and says so.
  fileprivate mutating func keep(
    _ table: ResultTable?, _ arguments: Arguments, _ output: inout CommandOutput
  ) throws {
    guard let name = arguments.resultName, let table else { return }
    session.set(name, to: .table(table))
    output.notes.append(described(name))
  }
}
