import Networks
import Sessions
import System

extension ShellContext {
  /// Makes settings those of the session, and acts on them.
  mutating func apply(_ settings: Settings) {
    let old = session.settings
    session.settings = settings
    let threads = settings.threads ?? Self.cores
    if threads != training.device.threads { training.device = Device(threads: threads) }
    if settings.progress != old.progress {
      console.progress = ProgressBar(style: .init(setting: settings.progress))
    }
  }

  /// - Parameter names: Which of them, if not all.
  func settings(_ names: [String] = []) -> CommandOutput {
    let settings = session.settings
    let values: KeyValuePairs<String, Table.Cell> = [
      "seed": .integer(settings.seed), "threads": .integer(training.device.threads),
      "plots": .text(settings.plots.rawValue), "progress": .text(settings.progress),
    ]
    let style = settings.style.map { [(key: "style", value: Table.Cell.text($0))] } ?? []
    let rows = (Array(values) + style).filter { names.isEmpty || names.contains($0.key) }
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
