/// A flat row of sums in double precision, for what is added up over a whole data set.
public struct WideBlock: Hashable, Sendable {
  public var elements: [Double]

  public init(_ elements: [Double]) { self.elements = elements }

  public init(zeros count: Int) { elements = [Double](repeating: 0, count: count) }

  public var count: Int { elements.count }
}

extension WideBlock: Codable {
  private enum Key: CodingKey {
    /// In a `TensorStorage`: each sum's 64 bits as two words.
    case words
    case elements
  }

  /// A storage keeps arrays of 32 bits: the sums go there bit by bit, so that none is rounded.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    if encoder.userInfo[.tensorStorage] is any TensorStorage {
      let words = elements.withUnsafeBytes { [Float]($0.bindMemory(to: Float.self)) }
      try fields.encode(Block(words), forKey: .words)
    } else {
      try fields.encode(elements, forKey: .elements)
    }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    guard let words = try fields.decodeIfPresent(Block.self, forKey: .words)?.elements else {
      self.init(try fields.decode([Double].self, forKey: .elements))
      return
    }
    guard words.count.isMultiple(of: 2) else {
      throw DecodingError.dataCorruptedError(
        forKey: .words, in: fields, debugDescription: "half a sum at the end")
    }
    self.init(
      [Double](unsafeUninitializedCapacity: words.count / 2) { buffer, filled in
        words.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
        filled = words.count / 2
      })
  }
}
