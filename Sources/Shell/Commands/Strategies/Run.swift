import CommandLanguage
import Learning
import Sessions

extension Command<ShellContext> {
  static var run: ShellCommand {
    ShellCommand(
      "run", "Teaches a network all tasks, one after the other.", category: .strategies,
      effect: .changes, searchWords: ["incremental_learning"],
      parameters: RunParameters.all + [LiveParameters.curves],
      options: StrategyParameters.options, result: .run, formats: .table,
      touches: [.writesLogs, .draws],
      examples: [
        Example("run finetune net on=T epochs=5 as ft", "Forgetting: accuracy falls task by task."),
        Example(
          "run rehearsal-kd net on=T batch=16 memory=200 temperature=2 as kd", "Exemplars help."),
        Example("run joint net on=T once=on as ub", "The upper bound over all classes."),
        Example(
          "run finetune net on=T epochs=1 live=[loss, accuracy] as seen",
          "Curves that grow meanwhile."),
        Example("run finetune net on=T seeds=3 shuffle=on as many", "many-0, many-1 and many-2."),
      ], seeAlso: ["strategies", "begin", "compare", "plot accuracy"],
      discussion: """
        Ctrl-C stops after the current batch and keeps the run: 'continue' resumes it. \
        'strategies' lists what there is, 'help rehearsal-kd' every option of one.

        A seed decides the order of the images, what is drawn of the heads and of the memory; with \
        fresh=on the network's first weights, with shuffle=on which classes make up which task. \
        With seeds=3 and 'as kd' there are three runs, called by their seeds: kd-0, kd-1 and kd-2 with \
        the seeds 0, 1 and 2. The name kd stands wherever a run does: 'compare kd', 'matrix kd' and \
        'plot accuracy kd' show mean and standard deviation, 'step kd' and 'status kd' go through the \
        runs one by one, and what needs a single run says which there are.

        With live=[loss, accuracy] curves grow above the progress line, or in a window with \
        'set plots=window'. They change no bit of the run and take about a hundredth of the time.
        """,
      naming: RunParameters.objects
    ) { context, arguments in
      let (session, current) = (context.session, context.workspace.currentRun)
      let names = try context.prepareRuns(arguments)
      let output = try context.goAll(
        arguments.resultName ?? "run", names, begun: context.workspace.running,
        live: arguments[LiveParameters.curves])
      if let failure = output.failure,
        try names.allSatisfy({ try context.run($0).run.history.steps == 0 })
      {
        // Nothing was learned: a statement that fails changes nothing.
        (context.session, context.workspace.currentRun) = (session, current)
        throw failure
      }
      return output
    }
  }
}
