extension Unicode.Scalar {
  /// Controls, and the marks that reverse or hide what a line says.
  public var isUnsafe: Bool {
    properties.generalCategory == .control || (0x200E...0x200F).contains(value)
      || (0x2028...0x202E).contains(value) || (0x2066...0x2069).contains(value) || value == 0x061C
  }

  /// A tab, or an end of a line of any kind.
  fileprivate var isBreak: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}

extension String {
  /// Without characters that a terminal would act on; tabs and line breaks become blanks.
  public var withoutControls: String { filtered(keepingLines: false, keepingColours: false) }

  /// The same, with its line breaks.
  public var withoutControlsButLines: String {
    filtered(keepingLines: true, keepingColours: false)
  }

  /// What may be sent to a terminal: text, line breaks, and the colours that the program sets.
  public var forTerminal: String { filtered(keepingLines: true, keepingColours: true) }

  private func filtered(keepingLines: Bool, keepingColours: Bool) -> String {
    guard unicodeScalars.contains(where: { $0.isUnsafe && !(keepingLines && $0 == "\n") }) else {
      return self
    }
    var text = UnicodeScalarView()
    var rest = unicodeScalars[...]
    while let scalar = rest.first {
      if keepingColours, let colour = rest.colour {
        text.append(contentsOf: colour)
        rest = rest[colour.endIndex...]
        continue
      }
      rest = rest.dropFirst()
      if scalar == "\r", rest.first == "\n" { continue }
      if scalar.isBreak {
        text.append(keepingLines && scalar == "\n" ? scalar : " ")
      } else if !scalar.isUnsafe {
        text.append(scalar)
      }
    }
    return String(text)
  }
}

extension Substring.UnicodeScalarView {
  /// The control sequence at the beginning that sets a colour (SGR): `ESC [ 1 ; 31 m`.
  fileprivate var colour: SubSequence? {
    guard starts(with: "\u{1B}[".unicodeScalars) else { return nil }
    let end = dropFirst(2).firstIndex { !("0"..."9").contains($0) && $0 != ";" }
    guard let end, self[end] == "m" else { return nil }
    return self[...end]
  }
}

/// Text from outside as a message quotes it: what cannot be seen, a control character too, becomes
/// `?`, and it ends after 500.
public func shown(_ text: String) -> String {
  let safe = text.unicodeScalars.prefix(500).map { scalar -> Unicode.Scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: "?"
    default: scalar
    }
  }
  return String(String.UnicodeScalarView(safe))
}
