import Datasets
import Learning
import PlainText

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
    case .text(let text): jsonText(text)
    case .list(let values):
      "[" + values.map { $0.json(strict: strict) }.joined(separator: ",") + "]"
    }
  }

  init(_ value: TransformValue) {
    switch value {
    case .flag(let value): self = .flag(value)
    case .word(let value): self = .text(value)
    case .integer(let value): self = .integer(value)
    case .integers(let values): self = .list(values.map(LogValue.integer))
    case .number(let value): self = .number(value)
    case .numbers(let values): self = .list(values.map(LogValue.number))
    }
  }

  init(_ value: OptionValue) {
    switch value {
    case .integer(let value): self = .integer(value)
    case .real(let value): self = .number(value)
    case .flag(let value): self = .flag(value)
    case .choice(let value): self = .text(value)
    }
  }
}
