import CommandLanguage

/// The headings of `help`.
extension CommandCategory {
  static let data = CommandCategory("Data", order: 0)
  static let models = CommandCategory("Models", order: 1)
  static let strategies = CommandCategory("Strategies", order: 2)
  static let plots = CommandCategory("Plots", order: 3)
  static let session = CommandCategory("Session", order: 4)
  static let help = CommandCategory("Help", order: 5)
}
