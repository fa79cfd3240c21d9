/// What an image file is by its first bytes, whatever it is called.
enum ImageFormat: Hashable {
  case pixmap
  case png
  case jpeg
  /// A format that is known by name but not read.
  case other(String)

  /// What is known by name alone: the name, and what stands where.
  private static let others: [(name: String, text: String, place: Int)] =
    [
      ("GIF", "GIF87a", 0), ("GIF", "GIF89a", 0), ("BMP", "BM", 0), ("TIFF", "II*\0", 0),
      ("TIFF", "MM\0*", 0), ("AVIF", "ftypavif", 4), ("HEIC", "ftypheic", 4),
    ] + (1...7).map { ("P\($0) pixmap", "P\($0)", 0) }

  /// Nil where the first bytes are those of no image that is known here.
  init?(_ bytes: UnsafeRawBufferPointer) {
    if bytes.starts(with: "P6".utf8) {
      self = .pixmap
    } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      self = .other("WebP")
    } else {
      let other = Self.others.first { bytes.dropFirst($0.place).starts(with: $0.text.utf8) }
      guard let other else { return nil }
      self = .other(other.name)
    }
  }
}
