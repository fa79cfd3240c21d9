internal import Digests
internal import Synchronization
internal import Tensors

/// Gathers the arrays of a session while its objects are encoded: equal ones once, under the SHA-256
/// of their bytes.
final class TensorGatherer: TensorStorage {
  private struct State {
    var all: [String: [Float]] = [:]
    /// Keys that were stored since the last `take`.
    var recent: Set<String> = []
    /// The key of each array by where its elements lie: `all` keeps them there.
    var places: [Place: String] = [:]
  }

  private struct Place: Hashable {
    var address: UInt
    var count: Int
  }

  private let state = Mutex(State())

  func store(_ elements: [Float]) -> String {
    let place = elements.withUnsafeBufferPointer {
      Place(address: UInt(bitPattern: $0.baseAddress), count: $0.count)
    }
    return state.withLock { state in
      if let key = state.places[place] {
        state.recent.insert(key)
        return key
      }
      let key = tensorKey(elements)
      if state.all[key] == nil {
        state.all[key] = elements
        state.places[place] = key
      }
      state.recent.insert(key)
      return key
    }
  }

  func elements(for key: String) throws -> [Float] {
    try state.withLock { state throws(TensorMissing) in
      guard let elements = state.all[key] else { throw TensorMissing(key: key) }
      return elements
    }
  }

  /// Adds arrays that have their keys already.
  func add(_ tensors: [String: [Float]]) {
    state.withLock { $0.all.merge(tensors) { old, _ in old } }
  }

  /// The arrays stored since the last call.
  func take() -> [String: [Float]] {
    state.withLock { state in
      defer { state.recent = [] }
      return state.all.filter { state.recent.contains($0.key) }
    }
  }

  /// In the order of their keys.
  var all: [(key: String, elements: [Float])] {
    state.withLock { state in
      state.all.sorted { $0.key < $1.key }.map { (key: $0.key, elements: $0.value) }
    }
  }
}

/// The arrays of one object while it is decoded.
final class TensorArchive: TensorStorage {
  private let tensors: [String: [Float]]

  init(_ tensors: [String: [Float]]) { self.tensors = tensors }

  func store(_ elements: [Float]) throws -> String { throw TensorMissing(key: "") }

  func elements(for key: String) throws -> [Float] {
    guard let elements = tensors[key] else { throw TensorMissing(key: key) }
    return elements
  }
}

struct TensorMissing: Error {
  var key: String
}

/// SHA-256 over the little-endian bytes.
func tensorKey(_ elements: [Float]) -> String {
  var digest = Digest(.sha256)
  digest.update(elements)
  return digest.finish()
}
