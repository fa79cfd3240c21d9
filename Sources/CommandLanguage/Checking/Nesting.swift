/// What is open at a place of a text: brackets, and quotes in which brackets are letters.
struct Nesting {
  private var quote: Character?
  /// How many brackets are open.
  private(set) var depth = 0

  /// Goes on by one character; false if it is a quote or stands in quotes.
  mutating func pass(_ character: Character) -> Bool {
    if let current = quote {
      if character == current { quote = nil }
      return false
    }
    switch character {
    case "\"", "'":
      quote = character
      return false
    case "(", "[", "{": depth += 1
    case ")", "]", "}": depth -= 1
    default: break
    }
    return true
  }
}
