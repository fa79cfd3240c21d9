internal import System

/// The sine of an angle in degrees.
func sine(_ degrees: Float) -> Float { sin(degrees * .pi / 180) }
