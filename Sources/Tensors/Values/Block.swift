/// A flat row of learnable numbers, of their gradients, or of an optimizer's moments.
///
/// All of a network's numbers lie in one block, so an update, a penalty, a snapshot or a save is one
/// loop or one copy.
public struct Block: Hashable, Sendable {
  public var elements: [Float]

  public init(_ elements: [Float]) { self.elements = elements }

  public init(zeros count: Int) { elements = [Float](repeating: 0, count: count) }

  public var count: Int { elements.count }

  /// Whether both share their memory, so that nothing needs to be compared to know them equal.
  package func isSameMemory(as other: Block) -> Bool {
    elements.withUnsafeBufferPointer { own in
      other.elements.withUnsafeBufferPointer {
        own.baseAddress == $0.baseAddress && own.count == $0.count
      }
    }
  }
}

extension Block: Codable {
  public func encode(to encoder: any Encoder) throws {
    try Tensor([count], elements).encode(to: encoder)
  }

  public init(from decoder: any Decoder) throws {
    self.init(try Tensor(from: decoder).elements)
  }
}
