import Foundation
public import Tensors

/// Named arrays in a safetensors file (huggingface/safetensors, format of 2022): eight bytes of
/// header length, a JSON header, then the numbers, little-endian.
public struct Safetensors: Sendable {
  /// Arrays of floating-point numbers; those of whole numbers are passed over.
  public let tensors: [String: Tensor]
  public let metadata: [String: String]

  static let headerLimit = 1 << 20
  /// Numbers in all arrays together.
  static let elementLimit = 2 * Architecture.parameterLimit

  struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype
      case shape
      case dataOffsets = "data_offsets"
    }
  }

  enum Item: Codable {
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

  /// A network's parameters as a file's bytes.
  static func data(of network: Network, metadata: [String: String]) throws -> Data {
    var header: [String: Item] = ["__metadata__": .metadata(metadata)]
    let start = network.weights.count
    for parameter in network.architecture.parameters + network.architecture.statistics {
      let offset = parameter.role.isStatistic ? start : 0
      header[parameter.name] = .tensor(
        Entry(
          dtype: "F32", shape: parameter.shape,
          dataOffsets: [
            4 * (offset + parameter.range.lowerBound), 4 * (offset + parameter.range.upperBound),
          ]))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var text = try encoder.encode(header)
    text.append(contentsOf: [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8))
    var data = Data()
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(text)
    network.weights.elements.withUnsafeBytes { data.append(contentsOf: $0) }
    network.statistics.elements.withUnsafeBytes { data.append(contentsOf: $0) }
    return data
  }

  /// Reads a file's bytes.
  ///
  /// - Parameter path: What errors call it.
  /// - Throws: `WeightFile.Failure`; no memory is taken for what the file only claims to hold.
  public init(_ data: UnsafeRawBufferPointer, path: String) throws {
    func cutShort(within part: String) -> WeightFile.Failure {
      .cutShort(path: path, size: data.count, within: part)
    }
    guard data.count >= 8 else { throw cutShort(within: "the header's length") }
    let length = UInt64(littleEndian: data.loadUnaligned(as: UInt64.self))
    guard length <= Self.headerLimit else {
      throw WeightFile.Failure.notWeights(path: path, reason: "its header claims \(length) bytes")
    }
    let start = 8 + Int(length)
    guard data.count >= start else { throw cutShort(within: "the header") }
    let items: [String: Item]
    do {
      items = try JSONDecoder().decode([String: Item].self, from: Data(data[8..<start]))
    } catch {
      throw WeightFile.Failure.notWeights(path: path, reason: "its header is not safetensors'")
    }
    metadata = if case .metadata(let pairs)? = items["__metadata__"] { pairs } else { [:] }
    var entries: [(name: String, entry: Entry, type: ElementType?)] = []
    for (name, item) in items.sorted(by: { $0.key < $1.key }) {
      guard case .tensor(let entry) = item else { continue }
      let type = try Self.check(entry, name, path: path)
      guard entry.dataOffsets[1] <= data.count - start else { throw cutShort(within: "'\(name)'") }
      entries.append((name, entry, type))
    }
    // Tensors that share bytes could take many times the file's size in memory.
    let ranges = entries.map { ($0.entry.dataOffsets[0], $0.entry.dataOffsets[1], $0.name) }
      .sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }
    for (range, next) in zip(ranges, ranges.dropFirst()) where next.0 < range.1 {
      throw WeightFile.Failure.notWeights(path: path, reason: "'\(next.2)' overlaps '\(range.2)'")
    }
    let elements = entries.reduce(0) { sum, item in
      sum
        + (item.type.map { (item.entry.dataOffsets[1] - item.entry.dataOffsets[0]) / $0.size } ?? 0)
    }
    guard elements <= Self.elementLimit else {
      throw WeightFile.Failure.notWeights(
        path: path, reason: "\(elements) numbers are more than the \(Self.elementLimit) allowed")
    }
    var tensors: [String: Tensor] = [:]
    for (name, entry, type) in entries {
      guard let type else { continue }
      let range = start + entry.dataOffsets[0]..<start + entry.dataOffsets[1]
      tensors[name] = Tensor(
        entry.shape, type.floats(UnsafeRawBufferPointer(rebasing: data[range])))
    }
    self.tensors = tensors
  }

  /// - Returns: nil for whole numbers.
  private static func check(
    _ entry: Entry, _ name: String, path: String
  ) throws -> ElementType? {
    func wrong(_ reason: String) -> WeightFile.Failure {
      .notWeights(path: path, reason: "'\(name)' \(reason)")
    }
    let type = ElementType(safetensors: entry.dtype)
    let wholeNumbers = ["I64": 8, "I32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1]
    guard let size = type?.size ?? wholeNumbers[entry.dtype] else {
      throw wrong("is of a type that is not read: F32, F64, F16 and BF16 are")
    }
    guard entry.dataOffsets.count == 2, entry.dataOffsets[0] >= 0,
      entry.dataOffsets[0] <= entry.dataOffsets[1]
    else { throw wrong("has impossible offsets") }
    let bytes = entry.dataOffsets[1] - entry.dataOffsets[0]
    var count = size
    for extent in entry.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { throw wrong("has an impossible shape") }
      count = product
    }
    guard count == bytes else { throw wrong("has a shape that its bytes do not fill") }
    return type
  }
}
