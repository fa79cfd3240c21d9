import CommandLanguage
import Networks
import Sessions

extension Command<ShellContext> {
  static var set: ShellCommand {
    let seed = Parameter.optional("seed", .seed, "What everything random follows from.")
    let threads = Parameter.optional(
      "threads", .integer(1...64), "Threads of work; results do not depend on it.")
    let plots = Parameter.optional(
      "plots",
      .choice([
        .init("auto", "as the terminal can"), .init("kitty"), .init("sixel"), .init("text"),
        .init("off", "tables instead"),
      ]), "How pictures are shown in the terminal.")
    let progress = Parameter.optional(
      "progress",
      .choice([
        .init("auto"), .init("bar"), .init("lines", "plain lines"), .init("off"),
      ]), "How long work is shown.")
    return ShellCommand(
      "set", "Changes settings of the session.", category: .session, searchWords: ["manual_seed"],
      parameters: [seed, threads, plots, progress],
      examples: [Example("set seed=7 threads=2", "From here on.")], seeAlso: ["get", "status"]
    ) { context, arguments in
      var settings = context.session.settings
      if let seed = arguments[seed] { settings.seed = Int(truncatingIfNeeded: seed) }
      if let threads = arguments[threads] { settings.threads = threads }
      if let plots = arguments[plots] { settings.plots = plots }
      if let progress = arguments[progress] { settings.progress = progress }
      context.apply(settings)
      let given: [any AnyParameter] = [seed, threads, plots, progress]
      return context.settings(given.filter { arguments.isGiven($0) }.map(\.name))
    }
  }

  static var get: ShellCommand {
    ShellCommand(
      "get", "Shows the settings.", category: .session, formats: .table,
      examples: [Example("get", "A row per setting.")], seeAlso: ["set"]
    ) { context, _ in context.settings() }
  }
}

extension ShellContext {
  /// Makes settings those of the session, and acts on them.
  mutating func apply(_ settings: Settings) {
    let old = session.settings
    session.settings = settings
    let threads = settings.threads ?? Self.cores
    if threads != device.threads { device = Device(threads: threads) }
    if settings.progress != old.progress {
      progress = ProgressBar(style: .init(setting: settings.progress))
    }
  }

  /// - Parameter names: Which of them, if not all.
  fileprivate func settings(_ names: [String] = []) -> CommandOutput {
    let settings = session.settings
    let values: KeyValuePairs<String, Table.Cell> = [
      "seed": .integer(settings.seed), "threads": .integer(device.threads),
      "plots": .text(settings.plots), "progress": .text(settings.progress),
    ]
    let rows = values.filter { names.isEmpty || names.contains($0.key) }
      .map { [Table.Cell.text($0.key), $0.value] }
    return CommandOutput(table: Table(["setting", "value"], rows: rows), record: settings)
  }
}

extension ProgressBar.Style {
  /// What `set progress=` means; nil for `auto`.
  init?(setting: String) {
    switch setting {
    case "bar": self = .bar(unicode: TerminalInfo.messages.showsUnicode)
    case "lines": self = .lines
    case "off": self = .nothing
    default: return nil
    }
  }
}
