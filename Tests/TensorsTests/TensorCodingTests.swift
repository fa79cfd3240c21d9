import Foundation
import Tensors
import Testing

/// Keeps arrays by number of arrival; a key can be made to lead to something else.
private final class Drawer: TensorStorage, @unchecked Sendable {
  struct Empty: Error {}

  var kept: [String: [Float]] = [:]

  func store(_ elements: [Float]) throws -> String {
    let key = "t\(kept.count)"
    kept[key] = elements
    return key
  }

  func elements(for key: String) throws -> [Float] {
    guard let elements = kept[key] else { throw Empty() }
    return elements
  }
}

@Suite struct TensorCodingTests {
  private let encoder = JSONEncoder()
  private let decoder = JSONDecoder()

  /// Scalars, empty extents, and floats whose shortest decimals are long.
  static let tensors = [
    Tensor([], [3.5]), Tensor([0], []), Tensor([2, 0, 3], []), Tensor([1], [-0.0]),
    Tensor([2, 3], [1, 0.1, 1 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -1e-8]),
  ]

  @Test(arguments: tensors)
  func inPlaceRoundTripIsExact(tensor: Tensor) throws {
    let back = try decoder.decode(Tensor.self, from: encoder.encode(tensor))
    #expect(back.shape == tensor.shape)
    #expect(back.elements.map(\.bitPattern) == tensor.elements.map(\.bitPattern))
  }

  @Test(arguments: tensors)
  func storageRoundTripIsExactAndLeavesNoNumbersInTheText(tensor: Tensor) throws {
    let drawer = Drawer()
    encoder.userInfo[.tensorStorage] = drawer
    decoder.userInfo[.tensorStorage] = drawer
    let data = try encoder.encode(tensor)
    #expect(!String(decoding: data, as: UTF8.self).contains("elements"))
    #expect(drawer.kept["t0"]?.map(\.bitPattern) == tensor.elements.map(\.bitPattern))
    let back = try decoder.decode(Tensor.self, from: data)
    #expect(back.shape == tensor.shape)
    #expect(back.elements.map(\.bitPattern) == tensor.elements.map(\.bitPattern))
  }

  @Test func storageKeepsNumbersThatJSONCannotHold() throws {
    let drawer = Drawer()
    encoder.userInfo[.tensorStorage] = drawer
    decoder.userInfo[.tensorStorage] = drawer
    let tensor = Tensor([3], [.nan, .infinity, -.infinity])
    let back = try decoder.decode(Tensor.self, from: encoder.encode(tensor))
    #expect(back.elements.map(\.bitPattern) == tensor.elements.map(\.bitPattern))
  }

  @Test func storedCountThatDoesNotFitTheShapeIsAnError() throws {
    let drawer = Drawer()
    encoder.userInfo[.tensorStorage] = drawer
    decoder.userInfo[.tensorStorage] = drawer
    let data = try encoder.encode(Tensor([2, 3], [1, 2, 3, 4, 5, 6]))
    drawer.kept["t0"] = [1, 2, 3, 4, 5]
    let error = #expect(throws: TensorStorageError.self) {
      try decoder.decode(Tensor.self, from: data)
    }
    #expect(error?.key == "t0")
    #expect(error?.expectedCount == 6)
    #expect(error?.count == 5)
    drawer.kept["t0"] = nil
    #expect(throws: Drawer.Empty.self) { try decoder.decode(Tensor.self, from: data) }
  }

  /// Text that no tensor was encoded to, with the count that its shape asks for (−1: none can).
  @Test(arguments: [
    (#"{"shape":[2,2],"elements":[1,2,3]}"#, 4, 3, "too few elements"),
    (#"{"shape":[],"elements":[]}"#, 1, 0, "a scalar has one element"),
    (#"{"shape":[0],"elements":[1]}"#, 0, 1, "elements where there are none"),
    (#"{"shape":[-1,-2],"elements":[1,2]}"#, -1, 2, "two negative extents"),
    (#"{"shape":[0,-5],"elements":[]}"#, -1, 0, "a negative extent hidden by a zero"),
    (#"{"shape":[4294967296,4294967296],"elements":[]}"#, -1, 0, "a product of 2^64, 0 in 64 bits"),
    (#"{"shape":[9223372036854775807,2],"elements":[1]}"#, -1, 1, "a product that overflows"),
  ])
  func shapeThatDoesNotFitIsAnError(text: String, expected: Int, count: Int, reason: String) {
    let error = #expect(throws: TensorStorageError.self) {
      try decoder.decode(Tensor.self, from: Data(text.utf8))
    }
    #expect(error?.expectedCount == expected)
    #expect(error?.count == count)
  }

  /// In a storage a sum in double precision takes two words.
  @Test func halfASumIsAnError() throws {
    func block(_ words: String) throws -> WideBlock {
      try decoder.decode(WideBlock.self, from: Data("{\"words\":\(words)}".utf8))
    }
    #expect(try block(#"{"shape":[2],"elements":[0,0]}"#) == WideBlock([0]))
    #expect(throws: DecodingError.self) { try block(#"{"shape":[3],"elements":[0,0,0]}"#) }
  }

  @Test(arguments: [
    #"{"shape":[1]}"#, #"{"elements":[1]}"#, #"{"shape":[1.5],"elements":[1]}"#,
    #"{"shape":[1],"elements":["x"]}"#, #"{"shape":[1],"tensor":"t0"}"#, "[]",
  ])
  func textThatIsNoTensorIsAnError(text: String) {
    #expect(throws: DecodingError.self) {
      try decoder.decode(Tensor.self, from: Data(text.utf8))
    }
  }
}
