import CommandLanguage
import Experiments
import Foundation
import Networks
import PlainText
import Plotting
import Sessions
import Tensors

/// A session as a document: what was done, what came of it, what is live.
struct Report {
  struct Item {
    /// From 1, as `history` counts.
    var number: Int
    var command: String
    var seconds: Double
    /// What was seen, or would be seen now.
    var output: Transcript.Entry?
    /// Whether the output is what the command shows now, since that of its time is not known.
    var isRepeated = false
  }

  var title: String
  var items: [Item]
  /// What is live.
  var objects: Table
  var settings: Table
}

extension Report.Item {
  /// The text of a `print`, which stands between the commands as a heading or a paragraph.
  var remark: String? {
    guard Registry.waymark.effect(of: command) == .says, output?.written == [] else { return nil }
    return output?.lines.joined(separator: "\n")
  }

  /// Whether a remark is short enough for a heading.
  var isHeading: Bool {
    guard let remark else { return false }
    return remark.count <= 60 && !remark.contains("\n")
  }

  var time: String { seconds < 0.1 ? "" : "\(fixed(seconds, 1)) s" }
}

extension ShellContext {
  /// The session's report, titled.
  func report(titled title: String) -> Report {
    var items: [Report.Item] = []
    for (index, entry) in session.journal.enumerated() {
      var item = Report.Item(
        number: index + 1, command: entry.command, seconds: entry.seconds,
        output: record.transcript[entry])
      if item.output == nil, let recalled = recalled(entry) {
        (item.output, item.isRepeated) = recalled
      }
      items.append(item)
    }
    return Report(
      title: title, items: items,
      objects: Table(
        ["name", "kind", "what", "SHA-256"],
        rows: session.names.map { name in
          [
            .text(name), .text(session[name]?.objectKind.word ?? ""),
            .text(session[name].map(description(of:)) ?? ""),
            .text(session.digest(of: name) ?? "-"),
          ]
        }),
      settings: Table(
        ["setting", "value"],
        rows: [
          ("Waymark", Program.version), ("seed", "\(session.settings.seed)"),
          ("threads", "\(training.device.threads)"), ("kernels", Processor.kernels),
          ("written", ISO8601DateFormatter().string(from: Date())),
        ].map { [.text($0), .text($1)] }))
  }
}
