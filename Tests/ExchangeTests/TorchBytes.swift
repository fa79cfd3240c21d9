/// State dicts as PyTorch saves them, written opcode by opcode: a byte for each character.
enum TorchBytes {
  static func text(_ word: String) -> String { "X\(word32(word.count))\(word)" }

  static func integer(_ value: Int) -> String { "J\(word32(value))" }

  static func tuple(_ items: [String]) -> String { "(\(items.joined())t" }

  static func tuple(_ values: [Int]) -> String { tuple(values.map(integer)) }

  static func dictionary(_ items: [(key: String, value: String)]) -> String {
    "}(\(items.map { text($0.key) + $0.value }.joined())u"
  }

  static func storage(_ count: Int, type: String = "Float", key: String = "0") -> String {
    tuple([text("storage"), "ctorch\n\(type)Storage\n", text(key), text("cpu"), integer(count)])
      + "Q"
  }

  /// A view of a storage.
  static func tensor(
    _ storage: String, offset: Int = 0, shape: String, strides: String
  ) -> String {
    "ctorch._utils\n_rebuild_tensor_v2\n"
      + tuple([storage, integer(offset), shape, strides]) + "R"
  }

  /// Numbers one after the other in a storage of as many.
  static func vector(_ count: Int, key: String = "0") -> String {
    tensor(storage(count, key: key), shape: tuple([count]), strides: tuple([1]))
  }

  static func pickle(_ text: String) -> [UInt8] { latin("\u{80}\u{2}\(text).") }

  static func numbers(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(value.bitPattern >> (8 * $0) & 0xFF) } }
  }

  /// An archive with a pickle and the numbers of the storages 0, 1, ….
  static func file(_ pickle: String, _ storages: [[Float]] = [], folder: String = "net/") -> [UInt8]
  {
    ZipBytes.archive(
      [(folder + "data.pkl", self.pickle(pickle))]
        + storages.enumerated().map { ("\(folder)data/\($0)", numbers($1)) })
  }

  static func latin(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  /// Four bytes, little-endian.
  private static func word32(_ value: Int) -> String {
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
  }
}
