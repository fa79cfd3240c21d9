import Datasets
import Foundation
import TestSupport
import Testing

/// PNG and JPEG files against Pillow (`scripts/reference/image_files.py`), and what is no image.
struct ImageFileTests {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var file: Data
    var width: Int
    var height: Int
    var pixels: Data

    var testDescription: String { name }
  }

  static func golden() throws -> [Case] {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    return try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appendingPathComponent("image-files.json")))
  }

  /// Decodes into a target filled with `poison`, which must not be left in it.
  static func decode(
    _ bytes: [UInt8], size: Int = 12, ending: String = "png", poison: UInt8 = 0xA5
  ) throws(ImageFault) -> [UInt8] {
    var decoder = ImageDecoder(size: size)
    var target = [UInt8](repeating: poison, count: size * size * 3)
    var fault: ImageFault?
    bytes.withUnsafeBytes { bytes in
      target.withUnsafeMutableBufferPointer { target in
        guard let base = target.baseAddress else { return }
        do throws(ImageFault) {
          try decoder.decode(bytes, ending: ending, into: base)
        } catch {
          fault = error
        }
      }
    }
    if let fault { throw fault }
    return target
  }

  @Test(arguments: try golden())
  func filesAreReadAsPillowReadsThem(_ expected: Case) throws {
    let size = 12
    var resampling = Resampling(height: size, width: size, channels: 3)
    var resized = [UInt8](repeating: 0, count: size * size * 3)
    let pixels = [UInt8](expected.pixels)
    resized.withUnsafeMutableBufferPointer { target in
      guard let base = target.baseAddress else { return }
      resampling.resize(
        pixels, height: expected.height, width: expected.width, rowBytes: expected.width * 3,
        into: base)
    }
    #expect(try Self.decode([UInt8](expected.file), size: size) == resized)
  }

  @Test(arguments: ["png", "jpg", "ppm", "jpeg"])
  func theFirstBytesDecideAndNotTheName(ending: String) throws {
    let file = try #require(try Self.golden().first { $0.name == "jpeg" })
    #expect(
      try Self.decode([UInt8](file.file), ending: ending)
        == Self.decode([UInt8](file.file), ending: "jpg"))
    let gray = try Self.decode(Array("P6\n1 1\n255\n".utf8) + [9, 8, 7], size: 1, ending: ending)
    #expect(gray == [9, 8, 7])
  }

  @Test(arguments: [
    (Array("RIFF\0\0\0\0WEBPVP8 ".utf8), "WebP"), (Array("GIF89a\0\0".utf8), "GIF"),
    (Array("BM\0\0\0\0".utf8), "BMP"), (Array("II*\0\0\0".utf8), "TIFF"),
    (Array("P5\n8000 8000\n65535\n".utf8), "P5 pixmap"),
  ])
  func otherFormatsAreNamed(bytes: [UInt8], name: String) {
    #expect(throws: ImageFault.otherFormat(name: name)) { try Self.decode(bytes) }
    #expect(ImageFault.otherFormat(name: name).message.contains(name))
  }

  @Test func sixteenBitGrayMapsAreNoPNG() {
    let bytes = Array("P5\n8000 8000\n65535\n".utf8) + [UInt8](repeating: 1, count: 4096)
    #expect(throws: ImageFault.otherFormat(name: "P5 pixmap")) { try Self.decode(bytes) }
  }

  @Test func headerWithoutPixelsIsNoImage() {
    #expect(throws: ImageFault.self) { try Self.decode(Array("P6\n64 64\n255\n".utf8)) }
    #expect(throws: ImageFault.self) { try Self.decode(Array("P6 64 64 255 ".utf8)) }
  }

  @Test func largePNGsAreRefusedBeforeMemoryIsTaken() throws {
    var bytes = [UInt8](try #require(try Self.golden().first { $0.name == "png rgb" }).file)
    // Width and height of IHDR, and its checksum over type and data.
    bytes.replaceSubrange(16..<24, with: [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF])
    bytes.replaceSubrange(29..<33, with: Self.checksum(bytes[12..<29]))
    #expect(throws: ImageFault.sizeOutOfRange(width: 65_535, height: 65_535)) {
      try Self.decode(bytes)
    }
  }

  /// CRC-32 as PNG has it, most significant byte first.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var register = UInt32.max
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 {
        register = register & 1 == 1 ? register >> 1 ^ 0xEDB8_8320 : register >> 1
      }
    }
    return withUnsafeBytes(of: (~register).bigEndian) { Array($0) }
  }

  @Test(arguments: ["png rgb", "jpeg", "jpeg progressive"])
  func filesThatEndEarlyAreRefused(name: String) throws {
    let file = [UInt8](try #require(try Self.golden().first { $0.name == name }).file)
    for count in 0..<(file.count - 2) {
      #expect(throws: ImageFault.self, "\(count) of \(file.count) bytes") {
        try Self.decode(Array(file.prefix(count)))
      }
    }
  }

  /// Of `WAYMARK_FUZZ` damaged files each is refused, or decoded to the same pixels whatever was in
  /// the memory before.
  @Test func damagedImagesAreReadWholeOrRefused() throws {
    let pixmap = Array("P6\n# made by hand\n7 5\n255\n".utf8) + [UInt8](repeating: 77, count: 105)
    let deep = Array("P6 3 2 1000 ".utf8) + [UInt8](repeating: 3, count: 36)
    var files = Mutations(
      of: try Self.golden().map { [UInt8]($0.file) } + [pixmap, deep], seed: 41)
    var read = 0
    for _ in 0..<Mutations.count(5_000) {
      let bytes = files.next()
      do {
        let first = try Self.decode(bytes, poison: 0x00)
        let second = try Self.decode(bytes, poison: 0xFF)
        try #require(first == second, "pixels were left unwritten")
        read += 1
      } catch let fault as ImageFault {
        #expect(!fault.message.isEmpty)
      }
    }
    #expect(read > 0)
  }

  @Test(arguments: ["a.npz", "a.gz", "a.ppm"])
  func pipesAreRefusedAtOnce(name: String) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/\(name)"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: DataSetError.unreadable(path: path, reason: "it is not a regular file")) {
      _ = try ArchiveReader(path)
    }
  }
}
