extension Value {
  /// Words that mean on or off.
  public static var flagWords: [String] { flags.keys.sorted() }

  /// What stands behind a number of a time, as in 5s.
  public static var durationUnits: [String] { seconds.keys.sorted() }
}
