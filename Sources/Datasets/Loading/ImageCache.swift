internal import Digests
internal import System

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

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

  /// The name of a source's file.
  struct Key: Hashable {
    let name: String

    init(_ source: DataSource) {
      var digest = Digest(.sha256)
      switch source {
      case .gtsrb(let path, let size): digest.update("gtsrb\0\(size)\0\(Self.full(path))")
      case .folder(let path, let size): digest.update("folder\0\(size)\0\(Self.full(path))")
      case .folderByText(let path, let size):
        digest.update("folder by text\0\(size)\0\(Self.full(path))")
      case .synthetic(let signs): digest.update("synthetic\0\(signs)")
      case .arrays(let files): digest.update("arrays\0\(files)")
      case .heldOut(let source, let holdOut):
        digest.update("held out\0\(holdOut)\0\(Key(source).name)")
      }
      name = digest.finish().prefix(32) + ".images"
    }

    private static func full(_ path: String) -> String { FilePath.real(path) ?? path }
  }

  func path(_ key: Key) -> String { FilePath.joined(folder, key.name) }

  /// The copy of `source`, if it is there, of the same files, and undamaged.
  func dataSet(_ source: DataSource, _ key: Key, _ fingerprint: Fingerprint) -> DataSet? {
    try? CacheFile.read(path(key), source: source, fingerprint: fingerprint)
  }

  /// Keeps a copy of `set`, which is there whole or not at all, and takes away what writers left
  /// that did not come to their end.
  func store(_ set: DataSet, _ key: Key, _ fingerprint: Fingerprint) {
    guard FileGate.makeFolder(folder) == 0 else { return }
    // Earlier versions named them after their target.
    PartFileName.sweep(folder) { $0.contains(".images.") && $0.hasSuffix(".part") }
    try? CacheFile.write(set, fingerprint, to: path(key))
  }
}
