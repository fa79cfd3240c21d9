extension String {
  /// The text as a field of comma-separated values: within quotes where it has commas, quotes or line
  /// ends of any kind (RFC 4180).
  public var csvField: String {
    let special = ",\"\n\r\u{B}\u{C}\u{85}\u{2028}\u{2029}".unicodeScalars
    guard unicodeScalars.contains(where: special.contains) else { return self }
    // By scalars: a quote with an accent is another character, but not to other programs.
    return "\"" + unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}

extension String {
  /// With an apostrophe in front where a spreadsheet would take the text for a formula: behind `=`,
  /// `+`, `-`, `@` or a control character (OWASP, "CSV Injection"). A number stays one.
  public var forSpreadsheet: String {
    guard let first = unicodeScalars.first else { return self }
    let sign = unicodeScalars.first { !$0.properties.isWhitespace } ?? first
    let isFormula =
      "=+-@＝＋－＠".unicodeScalars.contains(sign)
      || first.properties.generalCategory == .control
    return isFormula && !isNumber ? "'" + self : self
  }

  private var isNumber: Bool {
    Double(self) != nil && allSatisfy { "0123456789.eE+-".contains($0) }
  }
}
