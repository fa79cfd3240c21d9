/// The checked arguments of one command, read by the parameters that declare them.
public struct Arguments: Sendable {
  public let verb: String
  public let source: Source
  /// The script's variables, for a command that runs another.
  public internal(set) var variables: Variables
  let verbSpan: Span
  var values = NamedValues<any Sendable>()
  /// Parameters whose values only the run of the script tells.
  var later: Set<String> = []
  /// Stands for the name after `as` among them.
  static let laterName = "as"
  /// Where given arguments stand; for an option, its value.
  var spans = NamedValues<Span>()
  /// The `key=value` pairs of a command that takes any, in order.
  public internal(set) var pairs: [Pair] = []
  /// The name after `as`, or a free one such as `run1`; nil for commands without a result.
  public internal(set) var resultName: String?
  /// `replace=on`: whether an object of the same name may be replaced.
  public internal(set) var replaces = false
  /// `> FILE`.
  public internal(set) var output: Output?
  /// `format=`, lower case; nil leaves it to the file's ending.
  public internal(set) var format: String?

  public struct Output: Hashable, Sendable {
    public let path: String
    public let appends: Bool
    public let span: Span
    /// The ending of the file's name in lower case without its dot: `csv`.
    public var ending: String { Self.ending(of: path) }

    static func ending(of path: String) -> String {
      let name = path.split(separator: "/").last ?? ""
      guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
      return name[name.index(after: dot)...].lowercased()
    }
  }

  public struct Pair: Hashable, Sendable {
    public let key: Located<String>
    public let operand: Operand
  }

  /// The value of a parameter; asking for one that the command does not declare is a mistake in
  /// the command's source.
  public subscript<Value>(_ parameter: Parameter<Value>) -> Value {
    if let value = values[parameter.name] as? Value { return value }
    guard let absent = parameter.absent else {
      preconditionFailure("'\(verb)' does not declare its parameter '\(parameter.name)'")
    }
    return absent
  }

  /// Whether the argument was written, rather than left to its default.
  public func isGiven(_ parameter: some AnyParameter) -> Bool { spans[parameter.name] != nil }

  /// Where the argument stands, or for `Failure.output` the file behind `>`; the verb when it was
  /// left out.
  public func span(of parameter: String) -> Span {
    (parameter == Failure.output ? output?.span : spans[parameter]) ?? verbSpan
  }

  /// An error of the body that puts its caret under an argument.
  public func failure(
    at parameter: some AnyParameter, _ message: String, suggestion: String? = nil,
    help: String? = nil
  ) -> Failure {
    Failure(message, suggestion: suggestion, help: help, parameter: parameter.name)
  }
}
