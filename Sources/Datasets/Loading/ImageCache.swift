internal import Digests
internal import System

/// Decoded data sets in files of their own, so that loading them again takes a fraction of a
/// second.
///
/// A file is found by the source's kind, path and size, so that a changed source replaces its old
/// copy. It is used only if the fingerprint in it (names, sizes and times of change of the source's
/// files) is the present one, and if its checksums agree with its bytes; everything else is
/// ignored and written anew. A folder that cannot be written costs time, but is no error.
public struct ImageCache: Hashable, Sendable {
  public let folder: String

  public init(folder: String) {
    self.folder = folder
  }

  /// `waymark` in `$XDG_CACHE_HOME`, or in `~/.cache`; nil without a home folder.
  public static var standard: ImageCache? { Folders.cache.map(ImageCache.init(folder:)) }

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
