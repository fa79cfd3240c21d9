/// The operators with loops of their own.
extension ONNXInterpreter {
  /// x [N, C, H, W], w [K, C, R, S], bias [K] → [N, K, H', W'], stride 1.
  static func convolution(_ inputs: [Array], _ attribute: Attributes) throws -> Array {
    let (x, w) = (inputs[0], inputs[1])
    let pads = attribute("pads", [0, 0, 0, 0])
    guard x.shape.count == 4, w.shape.count == 4, x.shape[1] == w.shape[1],
      attribute("kernel_shape", []) == Swift.Array(w.shape[2...]), pads.count == 4,
      inputs.count == 2 || inputs[2].shape == [w.shape[0]]
    else { throw Refusal("a convolution of \(x.shape) with \(w.shape)") }
    let (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3])
    let (rows, columns) = (w.shape[2], w.shape[3])
    let shape = [
      x.shape[0], w.shape[0], height + pads[0] + pads[2] - rows + 1,
      width + pads[1] + pads[3] - columns + 1,
    ]
    var elements: [Double] = []
    for place in indices(shape) {
      var sum = inputs.count > 2 ? inputs[2].elements[place[1]] : 0
      for channel in 0..<channels {
        for i in 0..<rows where (0..<height).contains(place[2] + i - pads[0]) {
          for j in 0..<columns where (0..<width).contains(place[3] + j - pads[1]) {
            let row = (place[0] * channels + channel) * height + place[2] + i - pads[0]
            let tap = ((place[1] * channels + channel) * rows + i) * columns + j
            sum += x.elements[row * width + place[3] + j - pads[1]] * w.elements[tap]
          }
        }
      }
      elements.append(sum)
    }
    return try Array(shape, elements)
  }

  /// x [N, I] · w (+ bias), w [I, O], or [O, I] if it is transposed.
  static func product(_ inputs: [Array], transposed: Bool) throws -> Array {
    let (x, w) = (inputs[0], inputs[1])
    guard x.shape.count == 2, w.shape.count == 2, x.shape[1] == w.shape[transposed ? 1 : 0] else {
      throw Refusal("a product of \(x.shape) and \(w.shape)")
    }
    let outputs = w.shape[transposed ? 0 : 1]
    let sums = indices([x.shape[0], outputs]).map { place in
      (0..<x.shape[1]).reduce(0) { sum, input in
        let weight = at(w, transposed ? [place[1], input] : [input, place[1]])
        return sum + at(x, [place[0], input]) * weight
      }
    }
    let product = try Array([x.shape[0], outputs], sums)
    return inputs.count > 2 ? try pairs(product, inputs[2], +) : product
  }

  static func normalization(_ inputs: [Array], epsilon: Double) throws -> Array {
    let x = inputs[0]
    guard inputs.count == 5, inputs.dropFirst().allSatisfy({ $0.shape == [x.shape[1]] }) else {
      throw Refusal("batch normalization of \(x.shape)")
    }
    let (scale, shift, mean, variance) = (inputs[1], inputs[2], inputs[3], inputs[4])
    let elements = zip(indices(x.shape), x.elements).map { place, value in
      let channel = place[1]
      let deviation = (variance.elements[channel] + epsilon).squareRoot()
      return (value - mean.elements[channel]) / deviation * scale.elements[channel]
        + shift.elements[channel]
    }
    return try Array(x.shape, elements)
  }

  /// Without padding, rounded down at the edges.
  static func maximum(_ x: Array, _ attribute: Attributes) throws -> Array {
    let (kernel, strides) = (attribute("kernel_shape", []), attribute("strides", [1, 1]))
    guard x.shape.count == 4, kernel.count == 2, strides.count == 2 else {
      throw Refusal("pooling of \(x.shape)")
    }
    let shape =
      Swift.Array(x.shape[..<2]) + (0..<2).map { (x.shape[2 + $0] - kernel[$0]) / strides[$0] + 1 }
    let elements = indices(shape).map { place in
      indices(kernel).map { tap in
        at(
          x, [place[0], place[1], place[2] * strides[0] + tap[0], place[3] * strides[1] + tap[1]])
      }.max() ?? 0
    }
    return try Array(shape, elements)
  }

  /// [N, C, H, W] → [N, C, 1, 1]
  static func average(_ x: Array) throws -> Array {
    guard x.shape.count == 4 else { throw Refusal("an average over \(x.shape)") }
    let pixels = x.shape[2] * x.shape[3]
    let means = (0..<x.shape[0] * x.shape[1]).map { plane in
      x.elements[plane * pixels..<(plane + 1) * pixels].reduce(0, +) / Double(pixels)
    }
    return try Array([x.shape[0], x.shape[1], 1, 1], means)
  }

  /// With numpy's rules for extents of 1.
  static func pairs(_ a: Array, _ b: Array, _ body: (Double, Double) -> Double) throws -> Array {
    let rank = max(a.shape.count, b.shape.count)
    func filled(_ shape: [Int]) -> [Int] {
      [Int](repeating: 1, count: rank - shape.count) + shape
    }
    let (left, right) = (filled(a.shape), filled(b.shape))
    guard zip(left, right).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else {
      throw Refusal("\(a.shape) with \(b.shape)")
    }
    let shape = zip(left, right).map { max($0, $1) }
    let (first, second) = (try Array(left, a.elements), try Array(right, b.elements))
    return try Array(
      shape,
      indices(shape).map { place in
        func of(_ x: Array) -> Double { at(x, zip(place, x.shape).map { $1 == 1 ? 0 : $0 }) }
        return body(of(first), of(second))
      })
  }

  static func lengths(_ x: Array, _ attribute: Attributes) throws -> Array {
    guard let axis = attribute("axes", []).first, attribute("keepdims", [1]) == [1] else {
      throw Refusal("lengths without an axis")
    }
    var shape = x.shape
    shape[axis] = 1
    return try Array(
      shape,
      indices(shape).map { place in
        (0..<x.shape[axis]).reduce(0) { sum, index in
          var inner = place
          inner[axis] = index
          return sum + at(x, inner) * at(x, inner)
        }.squareRoot()
      })
  }

  static func sideBySide(_ inputs: [Array], axis: [Int]) throws -> Array {
    guard axis == [1], inputs.allSatisfy({ $0.shape.count == 2 }) else {
      throw Refusal("arrays side by side along \(axis)")
    }
    let rows = inputs[0].shape[0]
    let elements = (0..<rows).flatMap { row in
      inputs.flatMap { $0.elements[row * $0.shape[1]..<(row + 1) * $0.shape[1]] }
    }
    return try Array([rows, inputs.map { $0.shape[1] }.reduce(0, +)], elements)
  }

  /// x [N, C, I] · w [I, O] → [N, C, O]
  static func products(_ x: Array, _ w: Array) throws -> Array {
    guard x.shape.count == 3, w.shape.count == 2 else { throw Refusal("products of \(x.shape)") }
    let rows = try Array([x.shape[0] * x.shape[1], x.shape[2]], x.elements)
    let product = try product([rows, w], transposed: false)
    return try Array([x.shape[0], x.shape[1], w.shape[1]], product.elements)
  }

  static func transposed(_ x: Array, _ order: [Int]) throws -> Array {
    guard order.sorted() == Swift.Array(x.shape.indices) else { throw Refusal("order \(order)") }
    let shape = order.map { x.shape[$0] }
    return try Array(
      shape,
      indices(shape).map { place in
        var source = place
        for (axis, from) in order.enumerated() { source[from] = place[axis] }
        return at(x, source)
      })
  }

  /// All places in an array, row-major.
  private static func indices(_ shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { places, extent in
      places.flatMap { place in (0..<extent).map { place + [$0] } }
    }
  }

  private static func at(_ x: Array, _ place: [Int]) -> Double {
    x.elements[zip(place, x.shape).reduce(0) { $0 * $1.1 + $1.0 }]
  }
}
