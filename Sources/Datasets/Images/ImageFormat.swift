/// What an image file is by its first bytes, whatever it is called.
enum ImageFormat: Hashable {
  case pixmap
  case png
  case jpeg
  /// A format that is known by name but not read.
  case other(String)

  /// Nil where the first bytes are those of no image that is known here.
  init?(_ bytes: UnsafeRawBufferPointer) {
    func begins(with text: StaticString, at place: Int = 0) -> Bool {
      text.withUTF8Buffer { wanted in
        bytes.count >= place + wanted.count
          && bytes[place..<place + wanted.count].elementsEqual(wanted)
      }
    }
    if begins(with: "P6") {
      self = .pixmap
    } else if bytes.prefix(8).elementsEqual([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if bytes.prefix(3).elementsEqual([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if begins(with: "RIFF"), begins(with: "WEBP", at: 8) {
      self = .other("WebP")
    } else if begins(with: "GIF87a") || begins(with: "GIF89a") {
      self = .other("GIF")
    } else if begins(with: "BM") {
      self = .other("BMP")
    } else if begins(with: "II*\0") || begins(with: "MM\0*") {
      self = .other("TIFF")
    } else if begins(with: "ftypavif", at: 4) {
      self = .other("AVIF")
    } else if begins(with: "ftypheic", at: 4) {
      self = .other("HEIC")
    } else if let second = bytes.dropFirst().first, begins(with: "P"),
      (UInt8(ascii: "1")...UInt8(ascii: "7")).contains(second)
    {
      self = .other("P\(Character(UnicodeScalar(second))) pixmap")
    } else {
      return nil
    }
  }
}
