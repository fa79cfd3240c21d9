/// What stands behind `where`: bare words that are names of columns stand for the values of a row,
/// and all others for themselves.
///
/// An answer that an empty cell would have to give is neither yes nor no, and the row does not meet
/// the condition.
public struct RowCondition: Hashable, Sendable, CustomStringConvertible {
  /// With the values of variables in place of their names.
  let expression: Expression
  let source: Source

  public var description: String { expression.description }
}
