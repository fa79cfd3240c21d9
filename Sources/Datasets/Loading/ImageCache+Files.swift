internal import Digests
internal import System

extension ImageCache {
  /// The path of a source's file.
  func file(_ kind: String, size: Int, path: String) -> String {
    var digest = Digest(.sha256)
    digest.update("\(kind)\0\(size)\0\(FilePath.real(path) ?? path)")
    return FilePath.joined(folder, digest.finish().prefix(32) + ".images")
  }

  /// The copy of `source`, if it is there, of the same files, and undamaged.
  func read(_ file: String, _ source: DataSource, _ fingerprint: FileFingerprint) -> DataSet? {
    try? CacheFile.read(file, source: source, fingerprint: fingerprint)
  }

  /// Keeps a copy of `set`, which is there whole or not at all, and takes away what writers left
  /// that did not come to their end.
  func write(_ set: DataSet, _ fingerprint: FileFingerprint, to file: String) {
    guard FileGate.makeFolder(folder) == 0 else { return }
    // Earlier versions named them after their target.
    PartFileName.sweep(folder) { $0.contains(".images.") && $0.hasSuffix(".part") }
    try? CacheFile.write(set, fingerprint, to: file)
  }
}
