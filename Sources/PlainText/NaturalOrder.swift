extension StringProtocol {
  /// Whether it stands before another text where numbers in them count as numbers: `rp-8` before
  /// `rp-32`.
  public func naturallyPrecedes(_ other: some StringProtocol) -> Bool {
    var (mine, others) = (self[...], other[...])
    while let first = mine.first, let second = others.first {
      let (number, otherNumber) = (mine.leadingDigits, others.leadingDigits)
      if !number.isEmpty, !otherNumber.isEmpty {
        let (a, b) = (number.drop { $0 == "0" }, otherNumber.drop { $0 == "0" })
        if a.count != b.count { return a.count < b.count }
        if a != b { return a < b }
        mine = mine.dropFirst(number.count)
        others = others.dropFirst(otherNumber.count)
      } else if first == second {
        mine.removeFirst()
        others.removeFirst()
      } else {
        return first < second
      }
    }
    // Of 8 and 08, which count the same, one must be first.
    return mine.isEmpty && others.isEmpty ? String(self) < String(other) : mine.isEmpty
  }

  fileprivate var leadingDigits: SubSequence { prefix { $0.isASCII && $0.isWholeNumber } }
}
