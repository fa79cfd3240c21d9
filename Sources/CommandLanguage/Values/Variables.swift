/// The variables of a script: what `let`, `for` and `key=value` on the command line set.
public struct Variables: Hashable, Sendable {
  private var values: [String: Operand]
  /// Names whose values were given from outside.
  private var given: Set<String> = []

  public init(_ values: [String: Operand] = [:]) { self.values = values }

  public subscript(name: String) -> Operand? {
    get { values[name] }
    set { values[name] = newValue }
  }

  public var names: [String] { values.keys.sorted() }

  /// These with others that hide them, for a function: what it sets is its own.
  func locally(setting others: [String: Operand]) -> Variables {
    Variables(values.merging(others) { $1 })
  }

  /// All of these, with the values that `others` has for names of its own.
  func merging(_ others: Variables) -> Variables {
    var merged = self
    merged.values.merge(others.values) { $1 }
    return merged
  }

  /// Sets a variable from outside, such as `waymark FILE epochs=2`: the script's own `let` of that
  /// name then only says what the value would have been.
  public mutating func give(_ name: String, _ value: Operand) {
    values[name] = value
    given.insert(name)
  }

  public func isGiven(_ name: String) -> Bool { given.contains(name) }
}
