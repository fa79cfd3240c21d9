internal import Digests

/// What a whole session file must contain, so that what is missing or changed can be named.
struct SessionManifest: Codable, Hashable {
  struct Entry: Codable, Hashable {
    var name: String
    var kind: String
    var digest: String
  }

  /// The program's version.
  var program: String
  /// What computed: kernels and BLAS. Equal bits are promised on equal machines only.
  var machine: String?
  /// Seconds since 1970.
  var saved: Double
  /// In the session's order.
  var objects: [Entry]
  var settings: Settings
  var journal: String
}

/// An object as it lies in a session file.
struct StoredObject {
  var name: String
  var kind: String
  /// JSON.
  var content: [UInt8]
  /// The arrays that the content refers to, by key.
  var tensors: [String: [Float]]

  /// SHA-256 over name, kind, keys of tensors and content.
  var digest: String {
    var digest = Digest(.sha256)
    for text in [name, kind] + tensors.keys.sorted() {
      digest.update([Int64(text.utf8.count)])
      digest.update(text)
    }
    digest.update(content)
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

func digest(of bytes: [UInt8]) -> String {
  var digest = Digest(.sha256)
  digest.update(bytes)
  return digest.finish()
}
