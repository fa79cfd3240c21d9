import Digests
import GRDB

/// The digest under which a session file keeps an object with one array, computed apart from the
/// code under test.
struct StoredObjectDigest {
  let digest: String

  /// - Parameter row: name, kind, content, tensor.
  init(_ row: Row) {
    var digest = Digest(.sha256)
    for text in [row["name"] as String, row["kind"], row["tensor"]] {
      digest.update([Int64(text.utf8.count)])
      digest.update(text)
    }
    digest.update(row["content"] as String)
    self.digest = digest.finish()
  }
}
