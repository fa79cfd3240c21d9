import CEditLine
import CommandLanguage
import Foundation
import PlainText
import System

extension LineEditor {
  /// Tab: inserts what all candidates share, or lists them with their explanations.
  func offerCompletion() -> UInt8 {
    let (text, cursor) = line
    let before = String(String.UnicodeScalarView(text.unicodeScalars.prefix(cursor)))
    var completion = complete(before)
    if completion.takesFiles { completion.candidates += FileCompletion(completion.word).candidates }
    guard let first = completion.candidates.first else { return UInt8(CC_ERROR) }
    if completion.candidates.count == 1 {
      complete(completion, with: first)
      return UInt8(CC_REFRESH)
    }
    let shared = completion.candidates.dropFirst().reduce(first.text) {
      $0.commonPrefix(with: $1.text)
    }
    if shared.count > completion.word.count {
      complete(completion, with: Completion.Candidate(shared, "", isWhole: false))
      return UInt8(CC_REFRESH)
    }
    list(completion.candidates)
    return UInt8(CC_REDISPLAY)
  }

  /// Puts a candidate in place of what was typed, with quotes round a file's name that needs them.
  private func complete(_ completion: Completion, with candidate: Completion.Candidate) {
    var text = candidate.text
    let isPlain = !completion.takesFiles || TextExpression(text).quoting == .bare
    switch completion.quote {
    case nil where isPlain: break
    case "\"":
      text = String(
        TextExpression(quoting: .double, pieces: [.literal(text)]).description.dropFirst())
      if !candidate.isWhole { text.removeLast() }
    default:
      text = (completion.quote == nil ? "'" : "") + text.replacing("'", with: "''")
      if candidate.isWhole { text += "'" }
    }
    el_deletestr(editor.pointee.line, Int32(completion.typedLength))
    insert(text + (candidate.isWhole ? " " : ""))
  }

  private func list(_ candidates: [Completion.Candidate]) {
    let terminal = TerminalInfo.output
    let limit = max(4, terminal.height - 4)
    let column = min(30, candidates.map { displayWidth($0.text) }.max() ?? 0)
    var lines = candidates.prefix(limit).map { candidate in
      "  \(candidate.text.withoutControls.padded(to: column))  \(candidate.explanation)"
        .fitted(to: terminal.width - 1)
    }
    if candidates.count > limit { lines.append("  … and \(candidates.count - limit) more") }
    write("\n" + lines.joined(separator: "\n") + "\n")
  }
}

/// The files and folders that a beginning may stand for.
struct FileCompletion {
  let candidates: [Completion.Candidate]

  init(_ word: String) {
    let slash = word.lastIndex(of: "/").map { word.index(after: $0) } ?? word.startIndex
    let folder = String(word[..<slash])
    let start = word[slash...]
    let path = folder.isEmpty ? "." : (folder as NSString).expandingTildeInPath
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    candidates = names.sorted().filter {
      $0.hasPrefix(start) && ($0.first != "." || start.first == ".")
    }.map { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
      return Completion.Candidate(
        folder + name + (isFolder.boolValue ? "/" : ""), isFolder.boolValue ? "folder" : "",
        isWhole: !isFolder.boolValue)
    }
  }
}
