extension String {
  /// The text as a field of comma-separated values: within quotes where it has commas, quotes or line
  /// ends of any kind (RFC 4180).
  public var csvField: String {
    // To Swift a carriage return and a line feed are one character, which no list of both has.
    contains { $0 == "," || $0 == "\"" || $0.isNewline }
      ? "\"" + replacing("\"", with: "\"\"") + "\"" : self
  }
}
