import Sessions
import System

extension SessionListing {
  /// The names of the objects, and how far the runs are.
  var contents: String {
    items.map { item in
      item.run.map { "\(item.name) \($0.tasksDone)/\($0.tasks)" } ?? item.name
    }.joined(separator: ", ")
  }
}

extension Autosave.Found {
  /// `from 2026-03-01 14:02: signs, T, net, kd 2/5`.
  var summary: String {
    let time = listing.saved.map { "from \(timeText($0)): " } ?? ""
    return time + (listing.contents.isEmpty ? "no objects" : listing.contents)
  }
}

/// `2026-03-01 14:02`, local time.
func timeText(_ seconds: Double) -> String {
  var time = time_t(max(0, min(seconds, 4e9)))
  var parts = tm()
  localtime_r(&time, &parts)
  var text = [CChar](repeating: 0, count: 32)
  let length = strftime(&text, text.count, "%Y-%m-%d %H:%M", &parts)
  return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension ShellContext {
  func foundAutosave(_ number: Int) throws -> Autosave.Found {
    let found = Autosave.found(in: safety.autosaving.folder)
    guard !found.isEmpty else { throw SessionProblem.noCopy }
    guard number <= found.count else { throw SessionProblem.tooFewCopies(count: found.count) }
    return found[number - 1]
  }
}
