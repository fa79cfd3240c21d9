/// Where encoded values keep their arrays of numbers, apart from the readable rest.
///
/// `Tensor` and `Block` put their elements here and encode only the key, so that a saved object is
/// small JSON, floats are exact, and equal arrays can be stored once.
public protocol TensorStorage: AnyObject, Sendable {
  /// Keeps `elements` and returns the key under which `elements(for:)` finds them again.
  func store(_ elements: [Float]) throws -> String
  func elements(for key: String) throws -> [Float]
}

extension CodingUserInfoKey {
  /// The `TensorStorage` of an encoder or decoder; without one, elements are encoded in place.
  public static let tensorStorage: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "waymark.tensors") else {
      preconditionFailure("a constant raw value is accepted")
    }
    return key
  }()
}

/// What a `TensorStorage` key leads to does not fit what was saved with it.
public struct TensorStorageError: Error, Hashable, Sendable {
  public var key: String
  public var expectedCount: Int
  public var count: Int
}

private enum TensorKey: CodingKey {
  case shape
  case tensor
  case elements
}

extension Tensor: Codable {
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: TensorKey.self)
    try fields.encode(shape, forKey: .shape)
    if let storage = encoder.userInfo[.tensorStorage] as? any TensorStorage {
      try fields.encode(storage.store(elements), forKey: .tensor)
    } else {
      try fields.encode(elements, forKey: .elements)
    }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: TensorKey.self)
    let shape = try fields.decode([Int].self, forKey: .shape)
    let key = try fields.decodeIfPresent(String.self, forKey: .tensor)
    let elements: [Float]
    if let key, let storage = decoder.userInfo[.tensorStorage] as? any TensorStorage {
      elements = try storage.elements(for: key)
    } else {
      elements = try fields.decode([Float].self, forKey: .elements)
    }
    let count = Tensor.checkedCount(shape) ?? -1
    guard count == elements.count else {
      throw TensorStorageError(key: key ?? "", expectedCount: count, count: elements.count)
    }
    self.init(shape, elements)
  }
}
