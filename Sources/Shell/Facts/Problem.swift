import CommandLanguage

/// What keeps a command from doing its work, as a fact; `Wording/` has the sentences.
protocol Problem: Error {
  /// In words, with the help that leads on and the parameter that the caret marks.
  var failure: Failure { get }
}
