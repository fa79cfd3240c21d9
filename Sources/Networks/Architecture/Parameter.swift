/// One named array of numbers inside one of a network's blocks, in PyTorch's layout.
public struct Parameter: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    case weight
    case bias
    /// What batch normalization multiplies with: begins as 1.
    case scale
    /// What batch normalization adds: begins as 0.
    case shift
    /// A cosine head's σ: begins as 10.
    case sharpness
    /// The running mean of a batch normalization: begins as 0.
    case mean
    /// Its running variance: begins as 1.
    case variance

    /// Whether the numbers are measured, not learned.
    var isStatistic: Bool { self == .mean || self == .variance }
  }

  /// The notebook's name, such as `conv1.weight`.
  public let name: String
  /// [outputs, channels, kernel, kernel], [outputs, inputs], [outputs] or [1].
  public let shape: [Int]
  public let range: Range<Int>
  public let role: Role
  /// Values that each output sums up.
  public let fanIn: Int
  public let fanOut: Int
}

/// Parameters one behind the other, each in its block.
struct ParameterList {
  /// A place in the block of what is learned, and in that of what is measured.
  struct Place: Hashable, Sendable {
    var weights = 0
    var statistics = 0
  }

  private(set) var parameters: [Parameter] = []
  private(set) var end = Place()

  mutating func append(
    _ name: String, _ shape: [Int], _ role: Parameter.Role, fanIn: Int = 1, fanOut: Int = 1
  ) {
    let start = role.isStatistic ? end.statistics : end.weights
    let range = start..<start + shape.reduce(1, *)
    if role.isStatistic {
      end.statistics = range.upperBound
    } else {
      end.weights = range.upperBound
    }
    parameters.append(
      Parameter(name: name, shape: shape, range: range, role: role, fanIn: fanIn, fanOut: fanOut))
  }

  /// Weights and, with one, a bias.
  mutating func append(
    _ name: String, _ shape: [Int], fanIn: Int, fanOut: Int, hasBias: Bool
  ) {
    append(name + ".weight", shape, .weight, fanIn: fanIn, fanOut: fanOut)
    if hasBias { append(name + ".bias", [shape[0]], .bias, fanIn: fanIn, fanOut: fanOut) }
  }
}
