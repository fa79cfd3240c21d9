extension [String] {
  /// The words as part of a sentence: `a, b and c`, `a or b`.
  public func joined(with conjunction: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// As many of the words as a sentence bears, and how many there are besides: `a, b, c, d, e and 9
  /// more`.
  ///
  /// - Parameter limit: As many are all named; of more than these, one less.
  public func abridged(to limit: Int = 6, with word: String = "and") -> String {
    guard count > limit else { return joined(with: word) }
    let shown = Array(prefix(Swift.max(1, limit - 1)))
    return (shown + ["\(count - shown.count) more"]).joined(with: word)
  }
}
