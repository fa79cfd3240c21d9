/// What values a parameter takes, as data for help, completion and errors.
public indirect enum ValueShape: Hashable, Sendable {
  case integer(ClosedRange<Int>)
  case real(RealRange)
  case fraction(RealRange)
  /// A range whose ends lie within another: `..40`, `20..40`, `60..`.
  case span(RealRange)
  case duration
  case flag
  case choice([Choice])
  case text
  case name
  case path
  case seed
  case object([ObjectKind])
  case integers(ClosedRange<Int>)
  case series(RealRange)
  case calls([CallSignature])
  case list(of: ValueShape, count: ClosedRange<Int>)
  case either(ValueShape, ValueShape)
  case words
  /// A part of the object that another parameter names, by what these parts are called: a layer of a
  /// network.
  case part(noun: String, of: String)
  /// What rows of a table shall meet: `where memory > 50`.
  case condition
  /// What help is asked on.
  case topics
  case command
  /// What is written in a way of its own, with words that are often meant.
  case form(phrase: String, placeholder: String, words: [String])

  /// What the parts of a table are called.
  public static let column = "column"

  public struct Choice: Hashable, Sendable {
    public let word: String
    public let summary: String

    public init(_ word: String, _ summary: String = "") {
      self.word = word
      self.summary = summary
    }
  }
}

/// Finite real numbers between two bounds, the lower one in or out.
public struct RealRange: Hashable, Sendable {
  public var lower: Double
  public var upper: Double
  public var includesLower: Bool

  public init(
    from lower: Double = -.infinity, includesLower: Bool = true, through upper: Double = .infinity
  ) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
  }

  public func contains(_ number: Double) -> Bool {
    number.isFinite && number <= upper && (includesLower ? number >= lower : number > lower)
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
