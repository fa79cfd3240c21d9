import Plotting
import Sessions

/// What the commands of this session's journal have shown, for reports: the newest, as far as a
/// bound on memory allows.
struct Transcript: Sendable {
  /// What one command gave, as it was shown.
  struct Entry: Sendable {
    var lines: [String]
    var table: Table?
    var notes: [String]
    var figure: Figure?
    /// Files that `>` wrote.
    var written: [String]

    init(_ output: CommandOutput, written: [String] = []) {
      lines = output.lines
      table = output.table?.rows.isEmpty == false && output.showsTable ? output.table : nil
      notes = output.notes
      figure = output.figure
      self.written = written
    }

    /// What is known of an output is its text.
    init(text: String) {
      self.init(CommandOutput(String(text.hasSuffix("\n") ? text.dropLast() : text[...])))
    }

    /// About how many bytes it takes.
    var weight: Int {
      let text = (lines + notes).reduce(0) { $0 + $1.utf8.count }
      return 200 + text + (table.map { 64 * $0.rows.count * $0.columns.count } ?? 0)
        + (figure?.weight ?? 0)
    }
  }

  private struct Key: Hashable {
    var command: String
    var time: Double

    init(_ entry: JournalEntry) { (command, time) = (entry.command, entry.time) }
  }

  private var entries: [Key: Entry] = [:]
  /// From the oldest to the newest.
  private var order: [Key] = []
  private var weight = 0

  /// Bytes.
  static let limit = 64_000_000

  subscript(entry: JournalEntry) -> Entry? { entries[Key(entry)] }

  /// Keeps what a command gave, and lets go of the oldest where that is too much.
  mutating func add(_ output: Entry, for entry: JournalEntry) {
    let key = Key(entry)
    if let old = entries.updateValue(output, forKey: key) {
      weight -= old.weight
    } else {
      order.append(key)
    }
    weight += output.weight
    guard weight > Self.limit else { return }
    // An eighth at once: one by one, each would move all that are left.
    let goal = Self.limit - Self.limit / 8
    let leaving = order.dropLast().prefix { oldest in
      guard weight > goal else { return false }
      weight -= entries.removeValue(forKey: oldest)?.weight ?? 0
      return true
    }
    order.removeFirst(leaving.count)
  }
}

extension Figure {
  /// About how many bytes it takes.
  fileprivate var weight: Int {
    switch self {
    case .images(let grid): grid.tiles.reduce(0) { $0 + $1.rgb.count }
    case .bars(let chart): 100 * chart.labels.count
    case .lines(let chart): chart.series.reduce(0) { $0 + 32 * $1.points.count }
    case .heatMap(let map): 16 * map.rowLabels.count * map.columnLabels.count
    case .points(let scatter): scatter.groups.reduce(0) { $0 + 16 * $1.points.count }
    case .panels(let panels): panels.rows.joined().reduce(0) { $0 + $1.figure.weight }
    }
  }
}
