extension Function {
  static let ofTexts = [
    Function(
      "join(LIST [, BETWEEN])", "One text of all values, with a blank between if no text is given.",
      1...2
    ) {
      call throws(FunctionError) in
      let between = try call.text(1, orElse: " ")
      return .text(try call.list(0).map(\.shown).joined(separator: between))
    },
    Function(
      "split(TEXT [, AT])", "The parts of a text between blanks, or between texts AT.", 1...2
    ) {
      call throws(FunctionError) in
      let text = try call.text(0)
      let mark = try call.text(1, orElse: "")
      let parts =
        mark.isEmpty
        ? text.split(whereSeparator: \.isWhitespace).map(String.init)
        : text.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
      return .list(parts.map { Operand(.text($0), spelling: $0, at: call.operands[0].span) })
    },
    Function("upper(TEXT)", "The text in capitals.", 1...1) { call throws(FunctionError) in
      .text(try call.text(0).uppercased())
    },
    Function("lower(TEXT)", "The text in small letters.", 1...1) { call throws(FunctionError) in
      .text(try call.text(0).lowercased())
    },
    Function("replace(TEXT, OLD, NEW)", "The text with NEW for every OLD.", 3...3) {
      call throws(FunctionError) in
      let (text, old, new) = (try call.text(0), try call.text(1), try call.text(2))
      return .text(
        old.isEmpty
          ? text
          : text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new))
    },
  ]
}
