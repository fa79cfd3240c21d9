/// What is wrong with how images shall be spoiled.
enum RobustnessProblem: Problem {
  case noWay(verb: String)
  /// Two options that exclude each other.
  case twoWays(String, String)
  /// Neither, or both, of severity= and strength=.
  case noStrength(kind: String, hasSeverities: Bool, hasStrengths: Bool)
  case strengthTwice
  case noSeverities(kind: String, measure: String)
  case onlySeverities(kind: String)
  case strengthOutOfRange(kind: String, range: ClosedRange<Double>)
  case severalImages(count: Int)
}
