/// What values a parameter takes, as data for help, completion and errors.
public indirect enum ValueShape: Hashable, Sendable {
  case integer(ClosedRange<Int>)
  case real(RealRange)
  case fraction(RealRange)
  case duration
  case flag
  case choice([Choice])
  case text
  case name
  case path
  case seed
  case object([ObjectKind])
  case integers(ClosedRange<Int>)
  case calls([CallSignature])
  case list(of: ValueShape, count: ClosedRange<Int>)
  case either(ValueShape, ValueShape)
  case words
  /// What help is asked on.
  case topics
  case command

  /// One word of a choice, and what it means.
  public struct Choice: Hashable, Sendable {
    public let word: String
    public let summary: String

    public init(_ word: String, _ summary: String = "") {
      self.word = word
      self.summary = summary
    }
  }
}

/// Real numbers between two bounds, each in or out.
public struct RealRange: Hashable, Sendable {
  public var lower: Double
  public var upper: Double
  public var includesLower: Bool
  public var includesUpper: Bool

  public init(_ range: ClosedRange<Double>) {
    self.init(from: range.lowerBound, through: range.upperBound)
  }

  public init(
    from lower: Double = -.infinity, includesLower: Bool = true, through upper: Double = .infinity,
    includesUpper: Bool = true
  ) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
    self.includesUpper = includesUpper
  }

  public func contains(_ number: Double) -> Bool {
    guard number.isFinite else { return false }
    return (includesLower ? number >= lower : number > lower)
      && (includesUpper ? number <= upper : number < upper)
  }
}

/// A call that a list may hold, such as `conv(32, 5)`.
public struct CallSignature: Hashable, Sendable {
  public let name: String
  public let argumentCount: ClosedRange<Int>
  /// As help shows it: `conv(CHANNELS, SIZE)`.
  public let form: String
  public let summary: String
  /// Whether the arguments are calls of the same list themselves.
  public let holdsCalls: Bool

  public init(
    _ form: String, arguments: ClosedRange<Int>, holdsCalls: Bool = false, _ summary: String
  ) {
    self.form = form
    name = String(form.prefix { $0 != "(" })
    argumentCount = arguments
    self.holdsCalls = holdsCalls
    self.summary = summary
  }
}
