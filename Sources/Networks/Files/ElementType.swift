/// How floating-point numbers lie in files of weights, little-endian, by safetensors' names.
public enum ElementType: String, Sendable {
  case float16 = "F16"
  case bfloat16 = "BF16"
  case float32 = "F32"
  case float64 = "F64"

  /// In bytes.
  public var size: Int {
    switch self {
    case .float16, .bfloat16: 2
    case .float32: 4
    case .float64: 8
    }
  }

  /// The numbers that fill `bytes`, whose count is a multiple of `size`.
  public func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
    switch self {
    case .float16: numbers(bytes, UInt16.self) { Self.float(half: $0) }
    case .bfloat16: numbers(bytes, UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .float32: numbers(bytes, UInt32.self) { Float(bitPattern: $0) }
    case .float64: numbers(bytes, UInt64.self) { Float(Double(bitPattern: $0)) }
    }
  }

  private func numbers<Bits: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ type: Bits.Type, _ number: (Bits) -> Float
  ) -> [Float] {
    (0..<bytes.count / size).map { index in
      number(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: size * index, as: Bits.self)))
    }
  }

  /// IEEE 754's binary16 by its bits: 1 for the sign, 5 for the exponent, 10 for the significand.
  static func float(half bits: UInt16) -> Float {
    let sign: Float = bits >> 15 == 1 ? -1 : 1
    let (exponent, significand) = (Int(bits >> 10 & 31), Float(bits & 1023))
    switch exponent {
    case 0: return sign * significand * 0x1p-24
    case 31: return significand == 0 ? sign * .infinity : .nan
    default:
      return sign * (1 + significand * 0x1p-10)
        * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
