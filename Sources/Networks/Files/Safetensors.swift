import Foundation
import Tensors

/// What the header says of an array.
private struct Entry: Codable {
  var dtype: String
  var shape: [Int]
  var dataOffsets: [Int]

  enum CodingKeys: String, CodingKey {
    case dtype
    case shape
    case dataOffsets = "data_offsets"
  }
}

private enum Item: Codable {
  case tensor(Entry)
  case metadata([String: String])

  init(from decoder: any Decoder) throws {
    if let entry = try? Entry(from: decoder) {
      self = .tensor(entry)
    } else {
      self = .metadata(try [String: String](from: decoder))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .tensor(let entry): try entry.encode(to: encoder)
    case .metadata(let metadata): try metadata.encode(to: encoder)
    }
  }
}

/// Named arrays in a safetensors file (huggingface/safetensors, format of 2022): eight bytes of
/// header length, a JSON header, then the numbers, little-endian.
extension WeightFile {
  static let headerLimit = 1 << 20
  /// Numbers in all arrays together.
  static let elementLimit = 2 * Architecture.parameterLimit

  /// Arrays one behind the other as a file's bytes.
  static func safetensors(
    of tensors: [(name: String, tensor: Tensor)], metadata: [String: String]
  ) throws -> Data {
    var header: [String: Item] = ["__metadata__": .metadata(metadata)]
    var end = 0
    for (name, tensor) in tensors {
      let start = end
      end += 4 * tensor.elements.count
      header[name] = .tensor(
        Entry(dtype: "F32", shape: tensor.shape, dataOffsets: [start, end]))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var text = try encoder.encode(header)
    text.append(contentsOf: [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8))
    var data = Data()
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(text)
    for (_, tensor) in tensors { tensor.elements.withUnsafeBytes { data.append(contentsOf: $0) } }
    return data
  }

  /// Reads a file's bytes; arrays of whole numbers are passed over.
  ///
  /// - Parameter path: What errors call it.
  /// - Throws: `Failure`; no memory is taken for what the file only claims to hold.
  public init(safetensors data: UnsafeRawBufferPointer, path: String) throws {
    func cutShort(within part: String) -> Failure {
      .cutShort(path: path, size: data.count, within: part)
    }
    func wrong(_ reason: String) -> Failure { .notWeights(path: path, reason: reason) }
    guard data.count >= 8 else { throw cutShort(within: "the header's length") }
    let length = UInt64(littleEndian: data.loadUnaligned(as: UInt64.self))
    guard length <= Self.headerLimit else { throw wrong("its header claims \(length) bytes") }
    let start = 8 + Int(length)
    guard data.count >= start else { throw cutShort(within: "the header") }
    guard let items = try? JSONDecoder().decode([String: Item].self, from: Data(data[8..<start]))
    else { throw wrong("its header is not safetensors'") }
    var entries: [(name: String, shape: [Int], range: Range<Int>, type: ElementType?)] = []
    for (name, item) in items.sorted(by: { $0.key < $1.key }) {
      guard case .tensor(let entry) = item else { continue }
      let (range, type) = try Self.check(entry) { wrong("'\(name)' \($0)") }
      guard range.upperBound <= data.count - start else { throw cutShort(within: "'\(name)'") }
      entries.append((name, entry.shape, range, type))
    }
    // Tensors that share bytes could take many times the file's size in memory.
    let ranges = entries.map { ($0.range.lowerBound, $0.range.upperBound, $0.name) }.sorted(by: <)
    for (range, next) in zip(ranges, ranges.dropFirst()) where next.0 < range.1 {
      throw wrong("'\(next.2)' overlaps '\(range.2)'")
    }
    let elements = entries.reduce(0) { $0 + $1.range.count / ($1.type?.size ?? .max) }
    guard elements <= Self.elementLimit else {
      throw wrong("\(elements) numbers are more than the \(Self.elementLimit) allowed")
    }
    var tensors: [String: Tensor] = [:]
    for (name, shape, range, type) in entries {
      guard let type else { continue }
      let bytes = data[start + range.lowerBound..<start + range.upperBound]
      tensors[name] = Tensor(shape, type.floats(UnsafeRawBufferPointer(rebasing: bytes)))
    }
    let metadata: [String: String] =
      if case .metadata(let pairs)? = items["__metadata__"] { pairs } else { [:] }
    self.init(tensors: tensors, metadata: metadata)
  }

  /// - Returns: Where the bytes lie behind the header, and of what type they are: nil for whole
  ///   numbers.
  private static func check(
    _ entry: Entry, _ wrong: (String) -> Failure
  ) throws -> (Range<Int>, ElementType?) {
    let type = ElementType(rawValue: entry.dtype)
    let wholeNumbers = ["I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1]
    guard let size = type?.size ?? wholeNumbers[entry.dtype] else {
      throw wrong("is of a type that is not read: F32, F64, F16 and BF16 are")
    }
    guard entry.dataOffsets.count == 2, entry.dataOffsets[0] >= 0,
      entry.dataOffsets[0] <= entry.dataOffsets[1]
    else { throw wrong("has impossible offsets") }
    let range = entry.dataOffsets[0]..<entry.dataOffsets[1]
    guard let count = Tensor.checkedCount([size] + entry.shape) else {
      throw wrong("has an impossible shape")
    }
    guard count == range.count else { throw wrong("has a shape that its bytes do not fill") }
    return (range, type)
  }
}
