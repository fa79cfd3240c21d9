import Tensors

/// Keeps the arrays of encoded values in the order of their arrival, as a session file keeps them in a
/// table of their own.
final class Shelf: TensorStorage, @unchecked Sendable {
  private var kept: [[Float]] = []

  func store(_ elements: [Float]) throws -> String {
    kept.append(elements)
    return "\(kept.count - 1)"
  }

  func elements(for key: String) throws -> [Float] { Int(key).map { kept[$0] } ?? [] }
}
