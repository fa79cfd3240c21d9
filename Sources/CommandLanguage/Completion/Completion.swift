import PlainText

/// What Tab offers at one place of a line.
public struct Completion: Hashable, Sendable {
  /// The beginning of the word that stands before the cursor.
  public var word: String
  /// The Unicode scalars before the cursor that a candidate replaces.
  public var typedLength: Int
  /// All begin with `word`.
  public var candidates: [Candidate]
  /// Whether a file's name may stand here.
  public var takesFiles: Bool
  /// The quote that is open before `word`.
  public var quote: Character?

  public struct Candidate: Hashable, Sendable {
    public var text: String
    /// For the second column.
    public var explanation: String
    /// Whether a blank goes behind it: not after `epochs=`.
    public var isWhole: Bool

    public init(_ text: String, _ explanation: String = "", isWhole: Bool = true) {
      self.text = text
      self.explanation = explanation.withoutControls
      self.isWhole = isWhole
    }
  }
}

extension Completion {
  /// Files alone, for the last word of a line that another program reads.
  public static func file(_ text: String) -> Completion {
    let word = String(text.reversed().prefix { !$0.isWhitespace }.reversed())
    return Completion(
      word: word, typedLength: word.unicodeScalars.count, candidates: [], takesFiles: true,
      quote: nil)
  }
}

extension Registry {
  /// What may stand at the end of `text`, which is all that is before the cursor.
  ///
  /// - Parameter variables: Names that `$` may stand before.
  public func complete(
    _ text: String, variables: [String] = [], in directory: some ObjectDirectory
  ) -> Completion {
    let quote = openQuote(text)
    let separators: Set<Character> = ["[", "]", "(", ")", "{", "}", ",", ";", "<", ">", "="]
    let typed =
      quote.map { String(text[text.index(after: $0)...]) }
      ?? String(text.reversed().prefix { !$0.isWhitespace && !separators.contains($0) }.reversed())
    if let name = openReference(typed), quote.map({ text[$0] }) != "'" {
      return Completion(
        word: name, typedLength: name.unicodeScalars.count,
        candidates: variables.filter { $0.hasPrefix(name) }.map {
          Completion.Candidate($0, "a variable", isWhole: false)
        }, takesFiles: false, quote: nil)
    }
    let head = quote.map { text[..<$0] } ?? text.dropLast(typed.count)
    let place = CompletionPlace(behind: String(head), registry: self, directory: directory)
    let (candidates, takesFiles) = place.candidates(variables: variables)
    var seen: Set<String> = []
    let word = quote.map { text[$0] } == "'" ? typed.replacing("''", with: "'") : typed
    return Completion(
      word: word, typedLength: typed.unicodeScalars.count,
      candidates: candidates.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted },
      takesFiles: takesFiles, quote: quote.map { text[$0] })
  }

  /// The beginning of a variable's name behind the last `$` of a word, if nothing else follows it.
  private func openReference(_ word: String) -> String? {
    guard let sign = word.lastIndex(of: "$") else { return nil }
    let name = word[word.index(after: sign)...].drop { $0 == "{" }
    return name.allSatisfy(\.continuesName) ? String(name) : nil
  }

  /// Where the quoted text begins that the end of `text` stands in.
  private func openQuote(_ text: String) -> String.Index? {
    var open: String.Index?
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if isEscaped {
        isEscaped = false
      } else if let quote = open.map({ text[$0] }) {
        if character == quote { open = nil }
        isEscaped = quote == "\"" && character == "\\"
      } else if character == "'" || character == "\"" {
        open = index
      }
    }
    return open
  }
}
