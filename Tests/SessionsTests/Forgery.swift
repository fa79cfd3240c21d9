import Digests
import GRDB
import Testing

/// Changes an object in a session file so that all digests are right: what no accident does.
enum Forgery {
  static func rewrite(
    _ name: String, in path: String, kind: String? = nil, renamed: String? = nil,
    _ change: (String) throws -> String = { $0 }
  ) throws {
    let database = try DatabaseQueue(path: path)
    try database.write { (db: Database) throws -> Void in
      let row = try #require(
        try Row.fetchOne(
          db, sql: "SELECT kind, content FROM objects WHERE name = ?", arguments: [name]))
      let keys = try String.fetchAll(
        db, sql: "SELECT tensor FROM object_tensors WHERE object = ?", arguments: [name])
      let content = try change(row["content"])
      let kind = kind ?? row["kind"]
      let new = renamed ?? name
      var digest = Digest(.sha256)
      for text in [new, kind] + keys.sorted() {
        digest.update([Int64(text.utf8.count)])
        digest.update(text)
      }
      digest.update(content)
      try db.execute(
        sql: "UPDATE objects SET name = ?, kind = ?, content = ?, digest = ? WHERE name = ?",
        arguments: [new, kind, content, digest.finish(), name])
      try db.execute(
        sql: "UPDATE object_tensors SET object = ? WHERE object = ?", arguments: [new, name])
      // Without the list of contents, what the rows say of themselves counts.
      try db.execute(sql: "DELETE FROM meta")
    }
    try database.close()
  }

  /// Changes the journal so that its digest in the list of contents is right, and that list's too.
  static func rewriteJournal(in path: String, _ sql: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.write { (db: Database) throws -> Void in
      try db.execute(sql: sql)
      var digest = Digest(.sha256)
      for row in try Row.fetchAll(
        db, sql: "SELECT command, time, seconds, details FROM journal ORDER BY number")
      {
        let (command, details): (String, String) = (row["command"], row["details"])
        digest.update([Int64(command.utf8.count)])
        digest.update(command)
        digest.update([row["time"], row["seconds"]] as [Double])
        if details != "{}" { digest.update(details) }
      }
      let text = try #require(
        try String.fetchOne(db, sql: "SELECT value FROM meta WHERE name = 'manifest'"))
      var contents = try JSONTree(text)
      contents["journal"] = .text(digest.finish())
      let json = try contents.json
      var whole = Digest(.sha256)
      whole.update(json)
      for (name, value) in [("manifest", json), ("manifest_digest", whole.finish())] {
        try db.execute(sql: "UPDATE meta SET value = ? WHERE name = ?", arguments: [value, name])
      }
    }
    try database.close()
  }
}
