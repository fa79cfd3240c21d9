import CommandLanguage
import Datasets
import Sessions

extension Command<ShellContext> {
  static var downloadGTSRB: ShellCommand {
    let folder = Parameter.optional(
      "to", .path, "Where the archives go; else where 'load gtsrb' looks without a path.")
    let address = Parameter.option(
      "url", .text, default: Download.officialAddress, "Folder on a server that has them.")
    return ShellCommand(
      "download gtsrb", "Fetches the three official archives (about 360 MB) and checks their sums.",
      category: .data, searchWords: ["fetch"], parameters: [folder, address],
      effects: [.writesNamed],
      examples: [
        Example("download gtsrb to=~/gtsrb", "What is there already is not fetched again.")
      ],
      seeAlso: ["load gtsrb"],
      discussion: "A download that was broken off goes on where it stopped."
    ) { context, arguments in
      guard let target = arguments[folder] ?? Download.standardFolder else {
        throw Failure("there is no home folder; give to=DIR")
      }
      try context.checkCanWrite(target + "/archive", named: folder, isFolder: true)
      var download = Download(to: target)
      download.address = arguments[address]
      var bar = context.progress
      let isInterrupted = context.isInterrupted
      defer { bar.finish() }
      try download.run { state in
        bar.update(
          Progress(
            state.file, completed: state.received >> 20, total: state.total.map { $0 >> 20 },
            unit: "MB"))
        if isInterrupted() {
          throw Failure("stopped; the same command goes on from there")
        }
      }
      return CommandOutput(
        "The archives are in \(target): 'load gtsrb"
          + (arguments[folder] == nil ? "'" : " path=\(target)'") + " reads them.")
    }
  }
}
