package import Randomness

/// Algorithm R (Vitter 1985): after n images of a stream, each of them is in the memory with the same
/// probability.
package struct Reservoir: Codable, Hashable, Sendable {
  package let capacity: Int
  /// Images that have come by.
  package private(set) var seen = 0

  package init(capacity: Int) { self.capacity = capacity }

  /// What is to be done with the next image.
  package enum Choice: Hashable, Sendable {
    case append
    /// The memory's exemplar at this index makes room.
    case replace(Int)
    case pass
  }

  /// - Parameter count: Exemplars that the memory holds.
  package mutating func next(count: Int, random: inout RandomStream) -> Choice {
    defer { seen += 1 }
    guard count >= capacity else { return .append }
    let place = random.index(below: seen + 1)
    return place < capacity ? .replace(place) : .pass
  }
}
