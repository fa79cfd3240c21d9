import PlainText
import Testing

@Test(arguments: [
  ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
])
func wordsAreJoinedAsInASentence(words: [String], text: String) {
  #expect(words.joined(with: "and") == text)
}

@Test(arguments: [
  (0, ""), (1, "1"), (2, "1 and 2"), (4, "1, 2, 3 and 4"), (5, "1, 2, 3 and 2 more"),
  (30, "1, 2, 3 and 27 more"),
])
func ofManyWordsTheFirstAreNamedAndTheOthersCounted(count: Int, text: String) {
  #expect((0..<count).map { "\($0 + 1)" }.abridged(to: 4) == text)
}

@Test func anAbridgedListNamesAtLeastOne() {
  #expect(["a", "b", "c"].abridged(to: 1) == "a and 2 more")
  #expect((1...6).map(String.init).abridged() == "1, 2, 3, 4, 5 and 6")
  #expect((1...7).map(String.init).abridged() == "1, 2, 3, 4, 5 and 2 more")
}
