/// Finds what somebody who mistyped a word probably meant.
public enum Suggestion {
  /// The candidate with the fewest edits; nil if all of them need too many.
  ///
  /// - A candidate may need one edit for every three letters of the longer of the two words, and one
  ///   edit in any case.
  /// - A different first letter counts as half an edit more.
  /// - Where one word is the beginning of the other, and both have three letters or more, that counts
  ///   as one edit: `conf` and `confusion`.
  /// - Of several candidates with equally few edits it is the first.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased().prefix(64))
    guard !typed.isEmpty else { return nil }
    var best: (candidate: String, cost: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased().prefix(64))
      let cost = cost(typed, letters)
      let limit = 2 * max(1, max(typed.count, letters.count) / 3)
      if cost <= limit, cost < best?.cost ?? .max { best = (candidate, cost) }
    }
    return best?.candidate
  }

  /// Twice the number of edits, and one more if the first letters differ; at most 2 if one word is
  /// the beginning of the other.
  private static func cost(_ a: [Character], _ b: [Character]) -> Int {
    let edits = 2 * distance(a, b) + (a.first == b.first ? 0 : 1)
    let shorter = min(a.count, b.count)
    let isPrefix = shorter >= 3 && a.prefix(shorter) == b.prefix(shorter)
    return isPrefix ? min(edits, 2) : edits
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var previous: [Int] = []
    var row = Array(0...b.count)
    for i in 1...a.count {
      let above = row
      row[0] = i
      for j in 1...b.count {
        let substitution = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(above[j] + 1, row[j - 1] + 1, substitution)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], previous[j - 2] + 1)
        }
      }
      previous = above
    }
    return row[b.count]
  }
}
