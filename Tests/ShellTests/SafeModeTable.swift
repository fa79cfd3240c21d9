import CommandLanguage
import Shell

/// What commands do outside the session, and what of it `--safe` allows: the table in
/// `docs/shell.md`.
enum SafeMode {
  /// A row for everything that commands do, with the commands that do it.
  static var table: String {
    let rows = Touch.allCases.map { effect in
      let verbs = Registry.waymark.commands.filter { $0.touches.contains(effect) }
        .map { "`\($0.verb)`" }.sorted()
      return "| \(effect.title) | \(verbs.joined(separator: ", ")) | \(effect.whenSafe) |\n"
    }
    return "| what | commands | with `--safe` |\n|---|---|---|\n" + rows.joined()
  }
}

extension Touch {
  fileprivate var title: String {
    switch self {
    case .writesOutput: "the file behind `>` and `>>`"
    case .writesNamed: "a file or folder that the command names"
    case .writesLogs: "the logs that `track` began"
    case .keepsImages: "a copy of decoded images in the cache"
    case .removesCopies: "takes away a copy in the state folder"
    case .draws: "pictures, by gnuplot"
    case .startsShell: "a program, by `/bin/sh`"
    }
  }

  fileprivate var whenSafe: String {
    switch self {
    case .writesOutput, .writesNamed: "in the working directory only"
    case .writesLogs: "where `track` was allowed to begin them"
    case .keepsImages: "only if the cache's folder lies in the working directory"
    case .removesCopies: "refused by `drop autosave`; left where it is by `restore autosave`"
    case .draws:
      "not started: `.png`, `.svg` and `.pdf` are refused, pages come without pictures, the terminal "
        + "shows characters; `.gp` is written"
    case .startsShell: "refused"
    }
  }
}
