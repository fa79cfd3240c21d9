import Foundation
internal import System
public import Tensors

/// A network's parameters in a safetensors file, named and laid out as PyTorch has them.
public struct WeightFile: Sendable {
  /// By name, as the architecture names them.
  public let tensors: [String: Tensor]
  public let metadata: [String: String]

  /// Why a file of weights cannot be used.
  public enum Failure: Error, Hashable, Sendable {
    /// The file ends at byte `size`, before the end of what it says is there.
    case cutShort(path: String, size: Int, within: String)
    case notWeights(path: String, reason: String)
    case otherFingerprint(path: String)
    case missing(path: String, parameter: String)
    case otherShape(path: String, parameter: String, expected: [Int], found: [Int])
    /// Tensors that a network has no place for, by name.
    case unused(path: String, network: String, tensors: [String])
    /// A tensor with NaN or infinity in it.
    case notFinite(path: String, tensor: String)
    /// Several state dicts, of which one must be chosen.
    case severalParts(path: String, parts: [String])
    /// There is no state dict of that name, only `parts`.
    case noPart(path: String, part: String, parts: [String])
  }

  private static let fingerprintKey = "waymark.fingerprint"
  private static let architectureKey = "waymark.architecture"

  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The file is there whole or not at all; it says how to make a single network again.
  ///
  /// - Parameters:
  ///   - facts: What else the file says of the network, by key.
  ///   - fingerprint: Names what the weights were made from.
  public static func write(
    _ network: WrittenNetwork, to path: String, facts: [String: String] = [:],
    fingerprint: String? = nil
  ) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var metadata = facts
    metadata["format"] = "pt"
    metadata[architectureKey] = try network.architecture.map {
      String(decoding: try encoder.encode($0), as: UTF8.self)
    }
    metadata[fingerprintKey] = fingerprint
    try WholeFile.write(safetensors(of: network.tensors, metadata: metadata), to: path)
  }

  /// - Throws: `Failure`, or an error of the file system.
  public static func read(_ path: String) throws -> WeightFile {
    // A device or a pipe may have no end.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try FileManager.default.attributesOfItem(atPath: target)
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw Failure.notWeights(path: path, reason: "it is not a regular file")
    }
    let limit = 8 + headerLimit + 8 * elementLimit
    guard (attributes[.size] as? Int ?? 0) <= limit else {
      throw Failure.notWeights(path: path, reason: "it is larger than \(limit >> 20) MB")
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    return try data.withUnsafeBytes { try WeightFile(safetensors: $0, path: path) }
  }

  /// Reads a file that was written with the same fingerprint; nil if there is no file.
  ///
  /// - Throws: `Failure`, or an error of the file system.
  public static func read(_ path: String, fingerprint: String) throws -> WeightFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let file = try read(path)
    guard file.metadata[fingerprintKey] == fingerprint else {
      throw Failure.otherFingerprint(path: path)
    }
    return file
  }

  /// The architecture that the file was written from, if Waymark wrote it.
  ///
  /// - Throws: `Failure` if it is impossible.
  public func architecture(path: String) throws -> Architecture? {
    guard let text = metadata[Self.architectureKey] else { return nil }
    guard let architecture = try? JSONDecoder().decode(Architecture.self, from: Data(text.utf8)),
      architecture.isSound
    else {
      throw Failure.notWeights(path: path, reason: "the architecture in it is impossible")
    }
    return architecture
  }
}

extension Network {
  /// Takes over all parameters and running statistics from a file.
  ///
  /// - Throws: `WeightFile.Failure` if one is missing or has another shape; nothing is changed then.
  public mutating func load(_ file: WeightFile, from path: String) throws {
    var loaded = self
    for parameter in architecture.parameters + architecture.statistics {
      guard let tensor = file.tensors[parameter.name] else {
        throw WeightFile.Failure.missing(path: path, parameter: parameter.name)
      }
      guard tensor.shape == parameter.shape else {
        throw WeightFile.Failure.otherShape(
          path: path, parameter: parameter.name, expected: parameter.shape, found: tensor.shape)
      }
      if parameter.role.isStatistic {
        loaded.statistics.elements.replaceSubrange(parameter.range, with: tensor.elements)
      } else {
        loaded.weights.elements.replaceSubrange(parameter.range, with: tensor.elements)
      }
    }
    self = loaded
  }
}
