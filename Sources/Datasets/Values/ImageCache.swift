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
}
