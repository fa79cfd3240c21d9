import PlainText
import Sessions

extension ShellContext {
  /// - Parameter before: The session's footprint when all were there.
  func freed(_ names: [String], since before: Int) -> CommandOutput {
    let bytes = before - session.footprint
    let what = names.isEmpty ? "nothing to drop" : "dropped \(names.joined(with: "and"))"
    return CommandOutput(
      names.isEmpty ? what : "\(what): \(sizeText(bytes)) freed",
      record: ["dropped": names, "bytes": bytes] as ResultRecord)
  }
}

/// `362 KB`, `1.2 MB`.
func sizeText(_ bytes: Int) -> String {
  switch bytes {
  case ..<1000: "\(bytes) bytes"
  case ..<1_000_000: "\(grouped(Int((Double(bytes) / 1000).rounded()))) KB"
  default: "\(fixed(Double(bytes) / 1_000_000, 1)) MB"
  }
}
