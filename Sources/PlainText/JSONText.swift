/// A JSON string with its quotes (RFC 8259); what a terminal would act on is written in digits.
public func jsonText(_ text: String) -> String {
  var json = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": json += "\\\""
    case "\\": json += "\\\\"
    case "\n": json += "\\n"
    case "\r": json += "\\r"
    case "\t": json += "\\t"
    case _ where scalar.isUnsafe: json += scalar.jsonDigits
    default: json.unicodeScalars.append(scalar)
    }
  }
  return json + "\""
}

/// A JSON number. What is not finite becomes `NaN`, `Infinity` or `-Infinity`, which W&B and Python
/// read, unless `strict`: then `null`.
public func jsonNumber(_ number: Double, strict: Bool = false) -> String {
  if number.isFinite { return "\(number)" }
  if strict { return "null" }
  return number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity"
}

/// A JSON object of such pairs, in their order.
public func jsonObject(_ pairs: [(key: String, json: String)]) -> String {
  "{" + pairs.map { jsonText($0.key) + ":" + $0.json }.joined(separator: ",") + "}"
}

extension String {
  /// A JSON text in which what a terminal would act on, all of it within strings, is written in
  /// digits.
  public var jsonForTerminal: String {
    guard unicodeScalars.contains(where: \.isUnsafe) else { return self }
    return unicodeScalars.map { $0.isUnsafe ? $0.jsonDigits : String($0) }.joined()
  }
}

extension Unicode.Scalar {
  /// `\u001b`; only for those of four digits.
  fileprivate var jsonDigits: String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
