internal import Digests
internal import Foundation

/// A journal's entry as a session file holds it.
struct JournalRow {
  static let noDetails = "{}"

  var command: String
  var time: Double
  var seconds: Double
  /// JSON.
  var details: String

  /// - Throws: `DecodingError`.
  func entry() throws -> JournalEntry {
    var entry = JournalEntry(command: command, time: time, seconds: seconds)
    if details != Self.noDetails {
      entry.details = try SessionFile.decoder().decode(
        JournalEntry.Details.self, from: Data(details.utf8))
    }
    return entry
  }
}

extension JournalRow {
  /// - Throws: What the encoder throws.
  init(_ entry: JournalEntry) throws {
    var details = Self.noDetails
    if entry.details != JournalEntry.Details() {
      let bytes = try SessionFile.encoder().encode(entry.details)
      details = String(decoding: bytes, as: UTF8.self)
    }
    self.init(command: entry.command, time: entry.time, seconds: entry.seconds, details: details)
  }
}

extension [JournalRow] {
  /// SHA-256 over all entries.
  var digest: String {
    var digest = Digest(.sha256)
    for row in self {
      digest.update([Int64(row.command.utf8.count)])
      digest.update(row.command)
      digest.update([row.time.bitPattern, row.seconds.bitPattern])
      // Files of the first format know no details.
      if row.details != JournalRow.noDetails { digest.update(row.details) }
    }
    return digest.finish()
  }
}

extension [JournalEntry] {
  /// As SQLite keeps them: without negative zeros and times that are no numbers.
  var storable: [JournalEntry] {
    map { entry in
      var entry = entry
      entry.time = entry.time.isFinite ? entry.time + 0 : 0
      entry.seconds = entry.seconds.isFinite ? entry.seconds + 0 : 0
      return entry
    }
  }
}
