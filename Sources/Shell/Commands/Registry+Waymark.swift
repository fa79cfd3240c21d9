public import CommandLanguage

typealias ShellCommand = Command<ShellContext>

extension Registry<ShellContext> {
  /// Every command there is, in the order in which `help` lists them.
  public static let waymark = Registry(
    [
      .loadGTSRB, .downloadGTSRB, .loadSynthetic, .loadFolder, .loadIDX, .loadCIFAR, .loadNPZ,
      .transform, .split, .select, .relabel, .corrupt, .classes, .renameClasses, .tasks,
      .showBatch, .showImage, .showTransform, .showTrack, .showSuspects, .showMean,
      .defineModel, .summary, .pretrain, .evaluate, .predict,
      .showFilters, .showActivations, .showSaliency, .showNeighbours,
      .importNetwork, .export, .exportFeatures, .exportPredictions, .exportMemory,
      .strategies, .run, .begin, .search, .step, .continueRun, .checkpoints, .back, .goto, .branch,
      .status, .showMemory, .compare, .matrix,
      .confusion, .showMistakes, .compareMistakes, .report, .showRobustness,
      .watch, .watchOff, .showWatch,
      .plotAccuracy, .plotLoss, .plotEpochs, .plotWatch, .plotMatrix, .plotClassesOverTime,
      .plotConfusion, .plotTracks, .plotRobustness, .plotClasses, .plotChannels,
      .plotFeatures, .plotHead, .plotDrift, .plotTable, .plotMetric, .plotPanels,
      .makeTable, .add,
      .objects, .show, .drop, .prune, .digest, .set, .get, .saveSession, .restoreSession,
      .restoreAutosave, .dropAutosave, .merge, .relink,
      .sessions,
      .track, .trackWandB, .trackTensorBoard, .trackCSV, .trackJSONL, .trackOff,
      .history, .source, .replay, .saveScript, .saveReport, .saveNotebook, .time, .print, .expect,
      .shell,
      .quit,
      .help, .explain, .tour, .lessons, .lesson, .manual, .version,
    ], objectVerb: "show", prints: ExamplePrints.lines, habits: Habit.all,
    ideas: Topic.all.map { ValueShape.Choice($0.name, $0.summary) })

  /// What a command of the journal, which was checked when it was kept, does; nil if there is no such
  /// command.
  func effect(of line: String) -> Effect? {
    guard case .command(let statement)? = Script(line, name: "journal").statements.first else {
      return nil
    }
    let words = [statement.verb.value, statement.secondWord].compactMap(\.self)
    return (command(words.joined(separator: " ")) ?? command(words[0]))?.effect
  }
}
