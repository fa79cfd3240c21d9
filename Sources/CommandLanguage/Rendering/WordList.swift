extension [String] {
  /// The words as part of a sentence: `a, b and c`, `a or b`.
  public func joined(with conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
