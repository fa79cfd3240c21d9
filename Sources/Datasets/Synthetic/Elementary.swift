#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The sine of an angle in degrees.
func sine(_ degrees: Float) -> Float { sin(degrees * .pi / 180) }

func exponential(_ x: Float) -> Float { exp(x) }

func logarithm(_ x: Float) -> Float { log(x) }
