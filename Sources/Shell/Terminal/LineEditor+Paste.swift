import CEditLine
import CommandLanguage
import Foundation
import PlainText

extension LineEditor {
  /// Takes a bracketed paste into the line as it is, several lines included; nothing runs until
  /// Enter. Prompts that were copied along are stripped.
  func takePaste() -> UInt8 {
    var scalars = String.UnicodeScalarView()
    let end: [UInt32] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
    while scalars.count < Self.pasteLimit {
      var key: wchar_t = 0
      guard el_wgetc(editor.pointee.line, &key) == 1 else { break }
      guard let scalar = Unicode.Scalar(UInt32(bitPattern: key)) else { continue }
      scalars.append(scalar)
      if scalar == "~", scalars.suffix(end.count).map(\.value) == end {
        scalars.removeLast(end.count)
        break
      }
    }
    insert(Self.cleaned(String(scalars), prompts: pastedPrompts))
    return UInt8(CC_REFRESH)
  }

  /// The characters that a paste may have.
  private static let pasteLimit = 1 << 20

  /// Without prompts at the beginning of lines, control characters and the last line break.
  package static func cleaned(_ text: String, prompts: [String]) -> String {
    let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { line -> String in
        let plain = line.replacing("\t", with: "  ")
        let prompt = prompts.first { plain.hasPrefix($0) } ?? ""
        return String(plain.dropFirst(prompt.count)).withoutControls
      }
    var joined = lines.joined(separator: "\n")
    while joined.hasSuffix("\n") { joined.removeLast() }
    return joined
  }
}
