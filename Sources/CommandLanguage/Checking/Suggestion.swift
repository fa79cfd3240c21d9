/// Finds what somebody who mistyped a word probably meant.
public enum Suggestion {
  /// The nearest candidate by edits, or nil when none is near enough.
  ///
  /// Near means at most a third of the word's length, at least one edit, and fewer than that where
  /// the first letters differ; a candidate that the word begins, or that begins the word, is near too
  /// when both have three letters or more. Of candidates that are equally near it is the first.
  public static func nearest(
    to word: String, among candidates: some Sequence<String>
  ) -> String? {
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

  /// Twice the number of edits, one more when the first letters differ.
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
