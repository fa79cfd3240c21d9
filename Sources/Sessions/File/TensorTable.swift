internal import Synchronization
internal import Tensors

/// The arrays of a session beside the JSON of its objects: equal ones once, under the SHA-256 of
/// their bytes. While objects are encoded it gathers them, while one is decoded it gives them.
final class TensorTable: TensorStorage {
  private struct State {
    var all: [String: [Float]]
    /// Keys that were stored since the last `take`.
    var recent: Set<String> = []
    /// The key of each array by where its elements lie: `all` keeps them there.
    var places: [Place: String] = [:]
  }

  private struct Place: Hashable {
    var address: UInt
    var count: Int
  }

  private let state: Mutex<State>

  init(_ tensors: [String: [Float]] = [:]) { state = Mutex(State(all: tensors)) }

  func store(_ elements: [Float]) -> String {
    let place = elements.withUnsafeBufferPointer {
      Place(address: UInt(bitPattern: $0.baseAddress), count: $0.count)
    }
    return state.withLock { state in
      let key = state.places[place] ?? tensorKey(elements)
      if state.all[key] == nil {
        state.all[key] = elements
        state.places[place] = key
      }
      state.recent.insert(key)
      return key
    }
  }

  func elements(for key: String) throws -> [Float] {
    guard let elements = state.withLock({ $0.all[key] }) else { throw TensorMissing(key: key) }
    return elements
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
    state.withLock { $0.all }.sorted { $0.key < $1.key }.map { (key: $0.key, elements: $0.value) }
  }
}

struct TensorMissing: Error {
  var key: String
}

/// SHA-256 over the little-endian bytes.
func tensorKey(_ elements: [Float]) -> String { digest(of: elements) }
