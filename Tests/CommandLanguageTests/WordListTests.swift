import CommandLanguage
import Testing

@Test(arguments: [
  ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"),
])
func wordsAreJoinedAsInASentence(words: [String], text: String) {
  #expect(words.joined(with: "and") == text)
}
