import CommandLanguage
import Datasets

extension Command<ShellContext> {
  static var downloadGTSRB: ShellCommand {
    let folder = Parameter.optional(
      "to", .path, "Where to put the archives (default: where 'load gtsrb' looks for them).")
    let address = Parameter.option(
      "url", .text, default: Download.officialAddress, "Folder on a server that has them.")
    return ShellCommand(
      "download gtsrb", "Fetches the three official archives (about 360 MB) and checks their sums.",
      category: .data, effect: .changes, searchWords: ["fetch"], parameters: [folder, address],
      touches: [.writesNamed],
      examples: [
        Example("download gtsrb to=~/gtsrb", "What is there already is not fetched again.")
      ], seeAlso: ["load gtsrb"], discussion: "An interrupted download resumes where it stopped."
    ) { context, arguments in
      guard let target = arguments[folder] ?? Download.standardFolder else {
        throw DataProblem.noStandardFolder(option: folder.name)
      }
      try context.checkCanWrite(target + "/archive", named: folder, isFolder: true)
      var download = Download(to: target)
      download.address = arguments[address]
      var bar = context.console.progress
      let isInterrupted = context.training.isInterrupted
      defer { bar.finish() }
      try download.run { state in
        bar.update(
          Progress(
            state.file, completed: state.received >> 20, total: state.total.map { $0 >> 20 },
            unit: "MB"))
        if isInterrupted() { throw SessionProblem.stoppedHalfway(place: nil) }
      }
      return CommandOutput(
        "The archives are in \(target): 'load gtsrb"
          + (arguments[folder] == nil ? "'" : " path=\(target)'") + " reads them.")
    }
  }
}
