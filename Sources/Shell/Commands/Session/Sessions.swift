import CommandLanguage
import Foundation
import Sessions

extension Command<ShellContext> {
  static var sessions: ShellCommand {
    let folder = Parameter.positional("folder", .path, default: ".", "Where to look.")
    return ShellCommand(
      "sessions", "Lists the session files in a folder and what is in them.",
      category: .session, effect: .looks, parameters: [folder], formats: .table,
      repetition: .never, examples: [Example("sessions", "A row per file here.")],
      seeAlso: ["restore session", "restore autosave"]
    ) { context, arguments in
      let folder = arguments[folder]
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
        $0.hasSuffix(".waymark")
      }.sorted()
      let rows = files.map { file -> [Table.Cell] in
        let listing: SessionListing
        do throws(SessionFileError) {
          listing = try SessionFile.contents(of: folder + "/" + file)
        } catch {
          return [.text(file), .missing, .text(error.message)]
        }
        return [
          .text(file), listing.saved.map { .text(timeText($0)) } ?? .missing,
          .text(listing.contents),
        ]
      }
      var notes = rows.isEmpty ? ["no session files in \(folder)"] : []
      for (number, found) in Autosave.found(in: context.safety.autosaving.folder).enumerated() {
        notes.append(
          "unfinished session \(found.summary): 'restore autosave \(number + 1)' recovers it")
      }
      return CommandOutput(table: Table(["file", "saved", "contents"], rows: rows), notes: notes)
    }
  }
}
