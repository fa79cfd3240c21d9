internal import Digests
internal import System

/// SHA-256 over the names, sizes and times of change of the files that a data set is made of: they
/// are not read, and a file that was changed, added or taken away gives another fingerprint.
struct FileFingerprint: Codable, Hashable {
  let value: String

  init(files: [String], notes: [LoadNote]) {
    var digest = Digest(.sha256)
    for file in files { Self.feed(file, Self.lastName(file), to: &digest) }
    for note in notes { digest.update("\(note)\n") }
    value = digest.finish()
  }

  init(_ listing: ImageListing) {
    var digest = Digest(.sha256)
    for name in listing.classNames { digest.update("\(name)\n") }
    for note in listing.notes { digest.update("\(note)\n") }
    for split in [listing.train, listing.test] {
      switch split.container {
      case .archive(let path): Self.feed(path, Self.lastName(path), to: &digest)
      case .folder(let path):
        for entry in split.entries {
          digest.update([Int64(entry.label), Int64(entry.track)])
          Self.feed(FilePath.joined(path, entry.name), entry.name, to: &digest)
        }
      }
    }
    value = digest.finish()
  }

  private static func lastName(_ path: String) -> String {
    String(path[(path.lastIndex(of: "/") ?? path.startIndex)...])
  }

  private static func feed(_ file: String, _ name: String, to digest: inout Digest) {
    let status = FileStatus(file)
    digest.update(name)
    digest.update([0, Int64(status?.size ?? -1), Int64(status?.modified ?? 0)])
  }
}
