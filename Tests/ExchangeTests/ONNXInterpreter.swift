/// Carries an ONNX graph out by plain loops in double precision, as the operators' descriptions say
/// (onnx/docs/Operators.md, version 13). What is there in another form than these is refused.
struct ONNXInterpreter {
  struct Array {
    var shape: [Int]
    /// Row-major.
    var elements: [Double]

    init(_ shape: [Int], _ elements: [Double]) throws {
      guard elements.count == shape.reduce(1, *) else {
        throw Refusal("\(elements.count) numbers for the shape \(shape)")
      }
      self.shape = shape
      self.elements = elements
    }
  }

  struct Refusal: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
  }

  private let nodes: [ONNXFields]
  private let numbers: [String: Array]
  private let outputs: [String]

  init(_ graph: ONNXFields) throws {
    nodes = try graph.messages(1)
    outputs = try graph.messages(12).flatMap { $0.texts(1) }
    var numbers: [String: Array] = [:]
    for tensor in try graph.messages(5) {
      numbers[tensor.texts(8)[0]] = try Self.numbers(tensor)
    }
    self.numbers = numbers
  }

  private static func numbers(_ tensor: ONNXFields) throws -> Array {
    let bytes = tensor.bytes(9)[0]
    func words(_ size: Int) -> [UInt64] {
      stride(from: 0, to: bytes.count, by: size).map { start in
        bytes[start..<start + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      }
    }
    let shape = try tensor.integers(1)
    switch try tensor.integers(2) {
    case [1]: return try Array(shape, words(4).map { Double(Float(bitPattern: UInt32($0))) })
    case [7]: return try Array(shape, words(8).map { Double(Int64(bitPattern: $0)) })
    case let type: throw Refusal("numbers of type \(type)")
    }
  }

  /// - Parameter images: [N, channels, height, width]
  /// - Returns: The outputs, in the file's order.
  func run(_ images: Array) throws -> [Array] {
    var values = numbers.merging(["images": images]) { $1 }
    for node in nodes {
      let inputs = try node.texts(1).map { name -> Array in
        guard let value = values[name] else { throw Refusal("there is no \(name)") }
        return value
      }
      values[node.texts(2)[0]] = try Self.carryOut(
        node.texts(4)[0], inputs, try Attributes(node.messages(5)))
    }
    return try outputs.map { name in
      guard let value = values[name] else { throw Refusal("there is no output \(name)") }
      return value
    }
  }

  struct Attributes {
    private var integers: [String: [Int]] = [:]
    private var reals: [String: Float] = [:]

    init(_ attributes: [ONNXFields]) throws {
      for attribute in attributes {
        let name = attribute.texts(1)[0]
        switch try attribute.integers(20) {
        case [1]: reals[name] = attribute.real(2) ?? 0
        case [2]: integers[name] = [try attribute.integers(3).first ?? 0]
        case [7]: integers[name] = try attribute.integers(8)
        case let type: throw Refusal("'\(name)' is of the type \(type)")
        }
      }
    }

    func callAsFunction(_ name: String, _ standard: [Int]) -> [Int] { integers[name] ?? standard }
    func real(_ name: String, _ standard: Float) -> Double { Double(reals[name] ?? standard) }
  }

  private static func carryOut(
    _ operation: String, _ inputs: [Array], _ attribute: Attributes
  ) throws -> Array {
    let x = inputs[0]
    switch operation {
    case "Conv": return try convolution(inputs, attribute)
    case "Gemm": return try product(inputs, transposed: attribute("transB", [0]) == [1])
    case "BatchNormalization":
      return try normalization(inputs, epsilon: attribute.real("epsilon", 1e-5))
    case "Relu": return try Array(x.shape, x.elements.map { max($0, 0) })
    case "LeakyRelu":
      let slope = attribute.real("alpha", 0.01)
      return try Array(x.shape, x.elements.map { $0 < 0 ? slope * $0 : $0 })
    case "MaxPool": return try maximum(x, attribute)
    case "GlobalAveragePool": return try average(x)
    case "Flatten":
      let axis = attribute("axis", [1])[0]
      return try Array(
        [x.shape[..<axis].reduce(1, *), x.shape[axis...].reduce(1, *)], x.elements)
    case "Add": return try pairs(x, inputs[1], +)
    case "Mul": return try pairs(x, inputs[1], *)
    case "Div": return try pairs(x, inputs[1], /)
    case "Max": return try pairs(x, inputs[1], max)
    case "ReduceL2": return try lengths(x, attribute)
    case "Concat": return try sideBySide(inputs, axis: attribute("axis", []))
    case "Reshape":
      let shape = inputs[1].elements.enumerated().map { $1 == 0 ? x.shape[$0] : Int($1) }
      return try Array(shape, x.elements)
    case "MatMul": return try products(x, inputs[1])
    case "Transpose": return try transposed(x, attribute("perm", []))
    default: throw Refusal("'\(operation)' is not known")
    }
  }
}
