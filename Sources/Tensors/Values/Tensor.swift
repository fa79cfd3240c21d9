/// A row-major array of `Float`.
public struct Tensor: Hashable, Sendable {
  public private(set) var shape: [Int]
  public var elements: [Float]

  public init(_ shape: [Int], _ elements: [Float]) {
    precondition(
      elements.count == shape.reduce(1, *), "\(elements.count) elements for shape \(shape)")
    self.shape = shape
    self.elements = elements
  }

  public init(zeros shape: [Int]) {
    self.init(shape, [Float](repeating: 0, count: shape.reduce(1, *)))
  }

  public var count: Int { elements.count }

  /// How many elements a shape has; nil if no tensor can have it.
  public static func checkedCount(_ shape: [Int]) -> Int? {
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow || extent < 0 { return nil }
      count = product
    }
    return count
  }
}
