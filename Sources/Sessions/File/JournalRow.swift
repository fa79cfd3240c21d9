#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A journal's entry as a session file holds it.
struct JournalRow {
  static let noDetails = "{}"

  var command: String
  var time: Double
  var seconds: Double
  /// JSON.
  var details: String

  /// - Throws: What the encoder throws.
  init(_ entry: JournalEntry) throws {
    command = entry.command
    time = entry.time
    seconds = entry.seconds
    if entry.details == JournalEntry.Details() {
      details = Self.noDetails
    } else {
      let bytes = try SessionFile.encoder(TensorGatherer()).encode(entry.details)
      details = String(decoding: bytes, as: UTF8.self)
    }
  }

  init(command: String, time: Double, seconds: Double, details: String) {
    self.command = command
    self.time = time
    self.seconds = seconds
    self.details = details
  }

  /// - Throws: `DecodingError`.
  func entry() throws -> JournalEntry {
    var entry = JournalEntry(command: command, time: time, seconds: seconds)
    if details != Self.noDetails {
      entry.details = try SessionFile.decoder(TensorArchive([:])).decode(
        JournalEntry.Details.self, from: Data(details.utf8))
    }
    return entry
  }
}
