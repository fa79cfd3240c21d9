import Datasets
import Foundation

/// Zip archives of a few stored files, made by hand.
enum ZipBytes {
  static func archive(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var (body, directory) = ([UInt8](), [UInt8]())
    for (name, bytes) in files {
      let place = UInt32(body.count)
      let sizes =
        number(checksum(bytes)) + number(UInt32(bytes.count)) + number(UInt32(bytes.count))
      let common = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0] + sizes + [UInt8(name.utf8.count), 0, 0, 0]
      body += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + bytes
      directory += [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10)
      directory += number(place) + Array(name.utf8)
    }
    let count = [UInt8(files.count), 0]
    return body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + number(UInt32(directory.count)) + number(UInt32(body.count)) + [0, 0]
  }

  /// The bytes of the entry whose name ends so.
  static func stored(_ ending: String, in path: String) throws -> [UInt8] {
    var reader = try ArchiveReader(path)
    let buffer = ByteBuffer()
    while try reader.next() {
      guard reader.name.hasSuffix(ending) else { continue }
      try reader.read(into: buffer)
      return [UInt8](buffer.content)
    }
    throw SmallNetwork.Missing(name: ending)
  }

  private static func number(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { value, byte in
      (0..<8).reduce(value ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}
