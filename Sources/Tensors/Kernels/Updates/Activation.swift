/// The element-wise function after a convolution or a linear layer.
public enum Activation: Codable, Hashable, Sendable {
  case none
  case relu
  /// x < 0 → slope·x
  case leakyRelu(slope: Float)

  /// What a negative value is multiplied with.
  package var slope: Float {
    switch self {
    case .none: 1
    case .relu: 0
    case .leakyRelu(let slope): slope
    }
  }
}

extension Vector {
  /// x where x > 0, else slope·x.
  @inline(__always)
  func activated(slope: Vector) -> Vector {
    (self * slope).replacing(with: self, where: self .> 0)
  }
}

package enum ActivationKernel {
  /// In place over `count` values.
  package static func forward(_ x: UnsafeMutablePointer<Float>, count: Int, slope: Float) {
    guard slope != 1 else { return }
    let slopes = Vector(repeating: slope)
    var i = 0
    while i + 16 <= count {
      x.store(x.vector(at: i).activated(slope: slopes), at: i)
      i += 16
    }
    while i < count {
      if !(x[i] > 0) { x[i] *= slope }
      i += 1
    }
  }

  /// Multiplies `gradient` with the derivative, which the sign of the *output* `y` tells.
  package static func backward(
    _ gradient: UnsafeMutablePointer<Float>, output y: UnsafePointer<Float>, count: Int,
    slope: Float
  ) {
    guard slope != 1 else { return }
    let slopes = Vector(repeating: slope)
    var i = 0
    while i + 16 <= count {
      let g = gradient.vector(at: i)
      gradient.store((g * slopes).replacing(with: g, where: y.vector(at: i) .> 0), at: i)
      i += 16
    }
    while i < count {
      if !(y[i] > 0) { gradient[i] *= slope }
      i += 1
    }
  }
}
