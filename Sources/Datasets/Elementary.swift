#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The sine of an angle in degrees.
func sine(_ degrees: Float) -> Float { sin(degrees * .pi / 180) }

func exponential(_ x: Float) -> Float { exp(x) }

func logarithm(_ x: Float) -> Float { log(x) }

/// The angle of the point (x, y), −π … π.
func arcTangent(_ y: Float, _ x: Float) -> Float { atan2(y, x) }
