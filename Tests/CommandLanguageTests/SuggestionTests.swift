import CommandLanguage
import Testing

/// What somebody who mistyped a word is told; each row has the edits that lie between.
struct SuggestionTests {
  @Test(
    arguments: [
      // Eight letters: up to two edits are near.
      ("pretrain", "pretrain"), ("PreTrain", "pretrain"), ("pretrian", "pretrain"),
      ("pretraxx", "pretrain"), ("prxtrxin", "pretrain"), ("pretrxyz", nil), ("prxxxain", nil),
      // Where the first letter is another, one.
      ("xretrain", "pretrain"), ("xretxain", nil),
      // Three letters that begin the word, and no two.
      ("pre", "pretrain"), ("pr", nil), ("pretrain-more", "pretrain"), ("", nil),
    ] as [(String, String?)])
  func wordIsNearEnough(word: String, expected: String?) {
    #expect(Suggestion.nearest(to: word, among: ["pretrain"]) == expected)
  }

  @Test(arguments: [
    // One edit each: the first.
    ("cat", ["cab", "can"], "cab"), ("cat", ["can", "cab"], "can"),
    // Fewer edits win, and so does the same first letter.
    ("signal", ["signs", "signals"], "signals"), ("cat", ["bat", "cab"], "cab"),
    ("orders", ["borders", "order"], "order"),
  ])
  func nearestOfSeveralIsFound(word: String, candidates: [String], expected: String) {
    #expect(Suggestion.nearest(to: word, among: candidates) == expected)
  }
}
