import Datasets
public import Networks
import System
import Tensors

/// A state dict that PyTorch saved (`torch.save(net.state_dict(), …)`): a zip archive with a pickle
/// that says which numbers belong to which name, and a file for the numbers of each tensor.
///
/// The pickle is read by `Pickle`, which knows a closed list of opcodes and classes and runs nothing.
public enum TorchFile {
  /// The largest pickle that is read; that of a hundred layers has 50 kB.
  private static let pickleLimit = 1 << 20

  /// - Parameter part: Which state dict, if there are several.
  /// - Throws: `WeightFile.Failure` and `DataSetError`; no memory is taken for what the file only
  ///   claims to hold.
  public static func read(_ path: String, part: String? = nil) throws -> WeightFile {
    let found = try find(part, in: path)
    guard let part, !found.isPart else { return found.file }
    throw WeightFile.Failure.noPart(path: path, part: part, parts: found.parts)
  }

  /// What a file has: the state dict that was asked for, or else the one that is meant.
  struct Found {
    var file: WeightFile
    /// Whether it is what was asked for.
    var isPart: Bool
    /// The names of the state dicts within others.
    var parts: [String]
  }

  /// Reads the state dict of the name `part`, or else the only one, or that of the network.
  static func find(_ part: String?, in path: String) throws -> Found {
    func wrong(_ reason: String) -> WeightFile.Failure { .notWeights(path: path, reason: reason) }
    let buffer = ByteBuffer()
    guard let folder = try readPickle(path, into: buffer) else {
      throw wrong("there is no data.pkl in it; save it with torch.save(net.state_dict(), …)")
    }
    let pickle: Pickle
    do throws(Pickle.Fault) {
      pickle = try Pickle([UInt8](buffer.content))
    } catch {
      throw wrong("data.pkl, byte \(error.place): \(error.reason)")
    }
    guard case .dictionary(let outer) = pickle[pickle.root] else {
      throw wrong("it holds no state dict; save it with torch.save(net.state_dict(), …)")
    }
    let parts = TorchPart.all(in: outer, pickle)
    guard !parts.isEmpty else { throw wrong("there are no weights in it") }
    let names = parts.map(\.name).filter { !$0.isEmpty }
    let asked = parts.first { $0.name == part && !$0.name.isEmpty }
    guard let chosen = asked ?? TorchPart.network(among: parts) else {
      guard let part else { throw WeightFile.Failure.severalParts(path: path, parts: names) }
      throw WeightFile.Failure.noPart(path: path, part: part, parts: names)
    }
    let named = try tensors(in: chosen.dictionary, pickle, wrong)
    let storages = try storages(of: named, bytes: FileStatus(path)?.size ?? 0, wrong)
    var numbers: [String: [Float]] = [:]
    var reader = try ArchiveReader(path)
    while try reader.next() {
      if reader.name == folder + "byteorder" {
        try reader.read(into: buffer, limit: 16)
        guard buffer.content.elementsEqual("little".utf8) else {
          throw wrong("its numbers are big-endian")
        }
      } else if reader.name.hasPrefix(folder + "data/") {
        let key = String(reader.name.dropFirst(folder.count + "data/".count))
        guard let storage = storages[key], let type = storage.elementType, numbers[key] == nil
        else {
          continue
        }
        let bytes = storage.count * type.size
        try reader.read(into: buffer, limit: bytes)
        guard buffer.count == bytes else {
          throw wrong("data/\(key) has \(buffer.count) bytes instead of \(bytes)")
        }
        numbers[key] = type.floats(buffer.content)
      }
    }
    var result: [String: Tensor] = [:]
    for (name, tensor) in named {
      guard let storage = numbers[tensor.storage.key] else {
        throw wrong("data/\(tensor.storage.key), the numbers of '\(name)', is missing")
      }
      result[name] = Tensor(tensor.shape, tensor.elements(of: storage))
    }
    return Found(file: WeightFile(tensors: result), isPart: asked != nil, parts: names)
  }

  /// - Returns: The folder in the archive that holds everything, with its slash; nil if there is no
  ///   pickle.
  private static func readPickle(_ path: String, into buffer: ByteBuffer) throws -> String? {
    var reader: ArchiveReader
    do throws(DataSetError) {
      reader = try ArchiveReader(path)
    } catch {
      guard case .damagedArchive(_, _, let reason) = error else { throw error }
      throw WeightFile.Failure.notWeights(
        path: path,
        reason: "\(reason); what PyTorch before 1.6 wrote must be saved again by a later one")
    }
    while try reader.next() {
      guard reader.name == "data.pkl" || reader.name.hasSuffix("/data.pkl") else { continue }
      try reader.read(into: buffer, limit: pickleLimit)
      return String(reader.name.dropLast("data.pkl".count))
    }
    return nil
  }

  /// The dictionary's tensors; those of whole numbers are passed over, and those without any.
  private static func tensors(
    in dictionary: [Int], _ pickle: Pickle, _ wrong: (String) -> WeightFile.Failure
  ) throws -> [(name: String, tensor: Pickle.TorchTensor)] {
    var found: [(name: String, tensor: Pickle.TorchTensor)] = []
    var total = 0
    for place in stride(from: 0, to: dictionary.count, by: 2) {
      guard case .text(let name) = pickle[dictionary[place]],
        case .tensor(let tensor) = pickle[dictionary[place + 1]],
        tensor.storage.elementType != nil, !tensor.shape.contains(0)
      else { continue }
      guard let count = tensor.checkedCount else {
        throw wrong("'\(name)' has a shape or strides that its numbers do not fill")
      }
      total += min(count, elementLimit + 1)
      guard total <= elementLimit else {
        throw wrong("\(total) numbers are more than the \(elementLimit) allowed")
      }
      found.append((name, tensor))
    }
    return found
  }

  private static let elementLimit = 2 * Architecture.parameterLimit

  /// By name.
  ///
  /// - Parameter available: The file's size: PyTorch compresses nothing, so what would take more
  ///   memory is no state dict of its making.
  private static func storages(
    of tensors: [(name: String, tensor: Pickle.TorchTensor)], bytes available: Int,
    _ wrong: (String) -> WeightFile.Failure
  ) throws -> [String: Pickle.Storage] {
    var storages: [String: Pickle.Storage] = [:]
    var (held, bytes) = (0, 0)
    for (name, tensor) in tensors {
      let storage = tensor.storage
      if let known = storages[storage.key] {
        guard known == storage else { throw wrong("'\(name)' has two kinds of numbers") }
        continue
      }
      storages[storage.key] = storage
      let count = min(storage.count, elementLimit + 1)
      held += count
      bytes += count * (storage.elementType?.size ?? 0)
      guard held <= elementLimit else {
        throw wrong("\(held) numbers are more than the \(elementLimit) allowed")
      }
      guard bytes <= available else {
        throw wrong("up to '\(name)' it claims \(bytes) bytes of numbers, and has \(available)")
      }
    }
    // Tied weights share their numbers; no network does so again and again.
    let count = tensors.reduce(0) { $0 + $1.tensor.shape.reduce(1, *) }
    guard count <= 2 * held else { throw wrong("\(count) numbers are made of \(held)") }
    return storages
  }
}

extension Pickle.Storage {
  /// nil for whole numbers.
  var elementType: ElementType? {
    switch type {
    case .float: .float32
    case .double: .float64
    case .half: .float16
    case .bfloat16: .bfloat16
    default: nil
    }
  }
}

extension Pickle.TorchTensor {
  /// How many numbers the tensor has; nil if some of them would lie outside its storage, or if it
  /// has more than its storage, or none.
  var checkedCount: Int? {
    guard offset >= 0, shape.allSatisfy({ $0 > 0 }), strides.allSatisfy({ $0 >= 0 }),
      let count = Tensor.checkedCount(shape)
    else { return nil }
    var last = offset
    for (extent, stride) in zip(shape, strides) {
      let (span, a) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, b) = last.addingReportingOverflow(span)
      if a || b { return nil }
      last = sum
    }
    return last < storage.count && count <= storage.count ? count : nil
  }

  /// The numbers in row-major order.
  func elements(of storage: [Float]) -> [Float] {
    var elements: [Float] = []
    elements.reserveCapacity(shape.reduce(1, *))
    func walk(_ dimension: Int, _ place: Int) {
      if dimension == shape.count { return elements.append(storage[place]) }
      for index in 0..<shape[dimension] { walk(dimension + 1, place + index * strides[dimension]) }
    }
    walk(0, offset)
    return elements
  }
}
