import Foundation
public import Tensors

/// A network's parameters in a safetensors file (huggingface/safetensors, format of 2022): eight
/// bytes of header length, a JSON header, then the numbers, little-endian float32.
public struct WeightFile: Sendable {
  /// By name, as the architecture names them.
  public let tensors: [String: Tensor]

  /// Why a file of weights cannot be used.
  public enum Failure: Error, Hashable, Sendable {
    case cutShort(path: String)
    case notWeights(path: String, reason: String)
    case otherFingerprint(path: String)
    case missing(path: String, parameter: String)
    case otherShape(path: String, parameter: String, expected: [Int], found: [Int])
  }

  private static let headerLimit = 1 << 20
  private static let fingerprintKey = "waymark.fingerprint"

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

  /// Writes beside the target first, then renames.
  ///
  /// - Parameter fingerprint: Names what the weights were made from.
  public static func write(_ network: Network, to path: String, fingerprint: String) throws {
    var header: [String: Item] = ["__metadata__": .metadata([fingerprintKey: fingerprint])]
    for parameter in network.architecture.parameters {
      header[parameter.name] = .tensor(
        Entry(
          dtype: "F32", shape: parameter.shape,
          dataOffsets: [4 * parameter.range.lowerBound, 4 * parameter.range.upperBound]))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var text = try encoder.encode(header)
    text.append(contentsOf: [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8))
    var data = Data()
    withUnsafeBytes(of: UInt64(text.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(text)
    network.weights.elements.withUnsafeBytes { data.append(contentsOf: $0) }
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// Reads a file that was written with the same fingerprint; nil if there is no file.
  ///
  /// - Throws: `Failure`, or an error of the file system.
  public static func read(_ path: String, fingerprint: String) throws -> WeightFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    // A device or a pipe may have no end.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let kind = try FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
    guard kind == .typeRegular else {
      throw Failure.notWeights(path: path, reason: "it is no regular file")
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    guard data.count >= 8 else { throw Failure.cutShort(path: path) }
    let length = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard length <= headerLimit else {
      throw Failure.notWeights(path: path, reason: "its header claims \(length) bytes")
    }
    guard data.count >= 8 + Int(length) else { throw Failure.cutShort(path: path) }
    let items: [String: Item]
    do {
      items = try JSONDecoder().decode(
        [String: Item].self, from: data.subdata(in: 8..<8 + Int(length)))
    } catch {
      throw Failure.notWeights(path: path, reason: "its header is not safetensors'")
    }
    guard case .metadata(let metadata)? = items["__metadata__"],
      metadata[fingerprintKey] == fingerprint
    else { throw Failure.otherFingerprint(path: path) }
    let entries = items.compactMap { name, item -> (name: String, entry: Entry)? in
      if case .tensor(let entry) = item { (name, entry) } else { nil }
    }
    for (name, entry) in entries {
      try check(entry, name, bytes: data.count - 8 - Int(length), path: path)
    }
    // Tensors that share bytes could take many times the file's size in memory.
    let ranges = entries.map { ($0.entry.dataOffsets[0], $0.entry.dataOffsets[1], $0.name) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    for (range, next) in zip(ranges, ranges.dropFirst()) where next.0 < range.1 {
      throw Failure.notWeights(path: path, reason: "'\(next.2)' overlaps '\(range.2)'")
    }
    var tensors: [String: Tensor] = [:]
    for (name, entry) in entries {
      tensors[name] = tensor(entry, in: data, from: 8 + Int(length))
    }
    return WeightFile(tensors: tensors)
  }

  /// - Parameter available: Bytes behind the header.
  private static func check(
    _ entry: Entry, _ name: String, bytes available: Int, path: String
  ) throws {
    func wrong(_ reason: String) -> Failure {
      .notWeights(path: path, reason: "'\(name)' \(reason)")
    }
    guard entry.dtype == "F32" else { throw wrong("is not F32") }
    guard entry.dataOffsets.count == 2, entry.dataOffsets[0] >= 0,
      entry.dataOffsets[0] <= entry.dataOffsets[1]
    else { throw wrong("has impossible offsets") }
    guard entry.dataOffsets[1] <= available else { throw Failure.cutShort(path: path) }
    let bytes = entry.dataOffsets[1] - entry.dataOffsets[0]
    var count = 4
    for extent in entry.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { throw wrong("has an impossible shape") }
      count = product
    }
    guard count == bytes else { throw wrong("has a shape that its bytes do not fill") }
  }

  private static func tensor(_ entry: Entry, in data: Data, from start: Int) -> Tensor {
    let count = (entry.dataOffsets[1] - entry.dataOffsets[0]) / 4
    let elements = data.withUnsafeBytes { raw in
      (0..<count).map {
        Float(
          bitPattern: UInt32(
            littleEndian: raw.loadUnaligned(
              fromByteOffset: start + entry.dataOffsets[0] + 4 * $0, as: UInt32.self)))
      }
    }
    return Tensor(entry.shape, elements)
  }
}

extension Network {
  /// Takes over all parameters from a file.
  ///
  /// - Throws: `WeightFile.Failure` if one is missing or has another shape; nothing is changed then.
  public mutating func load(_ file: WeightFile, from path: String) throws {
    var loaded = weights
    for parameter in architecture.parameters {
      guard let tensor = file.tensors[parameter.name] else {
        throw WeightFile.Failure.missing(path: path, parameter: parameter.name)
      }
      guard tensor.shape == parameter.shape else {
        throw WeightFile.Failure.otherShape(
          path: path, parameter: parameter.name, expected: parameter.shape, found: tensor.shape)
      }
      loaded.elements.replaceSubrange(parameter.range, with: tensor.elements)
    }
    weights = loaded
  }
}
