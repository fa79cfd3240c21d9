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
  /// Names of runs, in the order in which they were first made; what older programs did not write.
  var runsEverMade: [String]?
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

func digest<Element: BitwiseCopyable>(of elements: [Element]) -> String {
  var digest = Digest(.sha256)
  digest.update(elements)
  return digest.finish()
}
