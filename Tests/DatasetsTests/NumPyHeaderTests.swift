import Datasets
import Testing

/// Headers of npy files (NumPy Enhancement Proposal 1) within npz archives.
struct NumPyHeaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Three gray images of 2×2 with these labels.
  private func load(labels: [UInt8]) throws -> DataSet {
    let images = npy("|u1", "(3, 2, 2)", Array(0..<12))
    let path = try folder.write(
      zip([("images.npy", images), ("labels.npy", labels)]), to: "some.npz")
    return try DataSet.load(.arrays(ArrayFiles(.npz, path: path)), cache: nil)
  }

  @Test(arguments: [
    npy("|u1", "(3,)", [2, 0, 1]), npy("|u1", "(3, 1)", [2, 0, 1]),
    npy("|u1", "(3,)", [2, 0, 1], version: 2), npy("|u1", "(3,)", [2, 0, 1], version: 3),
    npy("<u2", "(3,)", [2, 0, 0, 0, 1, 0]),
  ])
  func labelsAreRead(labels: [UInt8]) throws {
    let data = try load(labels: labels)
    #expect(data.classNames == ["0", "1", "2"])
    #expect((data.train.labels + data.test.labels).sorted() == [0, 1, 2])
  }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  @Test(
    arguments: [
      (npy("|u1", "(3,)", [2, 0, 1], version: 0), "byte 6: version 0 of the format is not read"),
      (npy("|u1", "(3,)", [2, 0, 1], version: 4), "byte 6: version 4 of the format is not read"),
      (magic + [1, 0, 0x60, 0xEA, 0x7B, 0x7D], "byte 8: the header claims 60000 bytes"),
      (
        magic + [2, 0, 0, 0, 0, 0x40] + Array(repeating: 0x20, count: 80),
        "byte 8: the header claims 1073741824 bytes"
      ),
      (npy("|u1", "(3,)", [2, 0, 1], order: "True"), "it is in Fortran's order"),
      (npy("|u1", "(4611686018427387904, 4)", []), "the shape is impossible"),
      (npy("|u1", "(3,)", [2, 0]), "2 bytes of numbers instead of the 3 of its shape"),
      (npy("|u1", "(3,)", [2, 0, 1, 1]), "4 bytes of numbers instead of the 3 of its shape"),
      (npy("|S0", "(3,)", []), "the type '|S0' is not read"),
      (npy("<U10001", "(0,)", []), "the type '<U10001' is not read"),
      (npy(">u2", "(3,)", [0, 2, 0, 0, 0, 1]), "the type '>u2' is not read"),
    ] as [([UInt8], String)])
  func headersThatAreNotReadAreRefused(labels: [UInt8], words: String) throws {
    let error = #expect(throws: DataSetError.self) { try load(labels: labels) }
    #expect(error?.message.contains("labels.npy, ") == true)
    #expect(error?.message.contains(words) == true, "\(String(describing: error))")
  }

  /// The whole header is as long as a multiple of 64 and ends with a line's end.
  @Test func numbersBeginAtAMultipleOf64() throws {
    let path = folder.path + "/some.npz"
    var writer = try NPZWriter(path)
    for length in 0..<70 {
      let shape = [1] + Array(repeating: 10, count: length % 2) + [length + 1]
      let count = shape.reduce(1, *)
      try writer.add("array\(length)", [UInt8](repeating: 7, count: count), shape: shape)
    }
    try writer.add("texts", ["a", "more"])
    try writer.finish()
    let bytes = try folder.bytes("some.npz")
    // The entries are not compressed.
    let starts = bytes.indices.filter { bytes[$0...].starts(with: Self.magic) }
    #expect(starts.count == 71)
    for start in starts {
      let end = start + 10 + Int(bytes[start + 8]) + Int(bytes[start + 9]) << 8
      #expect((end - start).isMultiple(of: 64) && bytes[end - 1] == 0x0A)
      #expect(bytes[end] == 7 || bytes[end] == 0x61)
    }
  }
}
