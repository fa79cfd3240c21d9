/// A value of a run's description or summary.
public enum LogValue: Hashable, Sendable {
  case number(Double)
  case integer(Int)
  case flag(Bool)
  case text(String)
  case list([LogValue])
}

extension LogValue {
  /// JSON. What is no finite number becomes `NaN`, `Infinity` or `-Infinity`, which W&B and Python
  /// read, unless `strict`: then `null`.
  func json(strict: Bool = false) -> String {
    switch self {
    case .number(let number): jsonNumber(number, strict: strict)
    case .integer(let integer): String(integer)
    case .flag(let flag): flag ? "true" : "false"
    case .text(let text): jsonString(text)
    case .list(let values):
      "[" + values.map { $0.json(strict: strict) }.joined(separator: ",") + "]"
    }
  }
}

func jsonNumber(_ number: Double, strict: Bool = false) -> String {
  if number.isFinite { return "\(number)" }
  if strict { return "null" }
  return number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity"
}

/// A string with its quotes (RFC 8259).
func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// An object of such pairs, in their order.
func jsonObject(_ pairs: [(key: String, json: String)]) -> String {
  "{" + pairs.map { jsonString($0.key) + ":" + $0.json }.joined(separator: ",") + "}"
}
