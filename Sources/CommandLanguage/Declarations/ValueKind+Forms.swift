extension ValueKind {
  /// Values that are written in a way of their own, such as lengths.
  ///
  /// - Parameters:
  ///   - phrase: What errors say is expected: "a length such as 85mm".
  ///   - placeholder: What stands for it in a usage line: `LENGTH`.
  ///   - words: What Tab offers.
  ///   - read: Gives nil for what is none.
  public static func form(
    _ phrase: String, _ placeholder: String, words: [String] = [],
    read: @escaping @Sendable (Operand) -> Value?
  ) -> ValueKind {
    single(.form(phrase: phrase, placeholder: placeholder, words: words), match: read)
  }
}
