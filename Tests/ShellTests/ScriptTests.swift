import CommandLanguage
import Foundation
import Shell
import Testing

/// Scripts in `Tests/Scripts` that carry their expected output as comments.
///
/// `#> text` is the next line of output, with `…` for what differs from machine to machine, and
/// `#> ⋮` are any lines; `#! text` is part of the error that ends the script; `#= file text` is a line of a file that it
/// writes into `$folder`. The rest are comments.
struct ScriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../Scripts").standardized

  static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".way") }.sorted()
  }()

  @Test func scriptsAreFound() { #expect(Self.names.count >= 6) }

  @Test(arguments: names)
  func outputIsAsTheCommentsSay(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    try CommentedScript(name, text).expectOutput()
  }

  /// The examples of `docs/language.md`, each in a session of its own.
  @Test func languageDocumentSaysWhatIsPrinted() throws {
    let document = Self.folder.appending(path: "../../docs/language.md").standardized
    let text = try String(contentsOf: document, encoding: .utf8)
    let examples = text.components(separatedBy: "```way\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    #expect(examples.count > 10)
    for (number, example) in examples.enumerated() {
      try CommentedScript("docs/language.md, example \(number + 1)", example).expectOutput()
    }
  }
}

/// A script with what it prints.
private struct CommentedScript {
  let name: String
  let text: String

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  func expectOutput() throws {
    let folder = try TestFolder()
    var variables = Variables()
    variables.give("folder", Operand(folder.path))
    var shell = TestShell()
    shell.interpreter = Interpreter(registry: .waymark, variables: variables)
    // As the program does: nothing runs if something is wrong that can be seen before.
    let errors = Registry.waymark.checked(
      Script(text, name: name), variables: variables, in: shell.context
    ).errors
    let error = errors.first ?? shell.error(of: text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    func comments(_ mark: String) -> [String] {
      lines.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count + 1)) }
    }
    let found = shell.printed().split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map { trimmed(String($0)) }
    expect(found[...], as: comments("#>").split(separator: "⋮", omittingEmptySubsequences: false))
    for line in comments("#=") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      let written = try folder.text(words[0]).split(separator: "\n").map(String.init)
      #expect(written.contains { matches($0, words.last ?? "") }, "\(name): \(line)")
    }
    let problems = comments("#!")
    let message = error?.text() ?? "no error"
    if problems.isEmpty { #expect(error == nil, "\(name): \(message)") }
    for problem in problems { #expect(message.contains(problem), "\(name): \(message)") }
  }

  /// - Parameter parts: Lines that follow each other; between two parts may stand others.
  private func expect(_ found: ArraySlice<String>, as parts: [ArraySlice<String>]) {
    var rest = found
    for (number, part) in parts.enumerated() {
      if number > 0 {
        // The last part ends the output.
        let starts = rest.startIndex...max(rest.startIndex, rest.endIndex - part.count)
        let start = starts.suffix(number == parts.count - 1 ? 1 : starts.count).first {
          zip(rest[$0...], part).allSatisfy(matches)
        }
        guard let start else {
          Issue.record("\(name): \(part) is not in \(rest)")
          return
        }
        rest = rest[start...]
      }
      for (line, pattern) in zip(rest, part) { #expect(matches(line, pattern), "\(name)") }
      #expect(rest.count >= part.count, "\(name): no \(part.dropFirst(rest.count))")
      rest = rest.dropFirst(part.count)
    }
    #expect(rest.isEmpty, "\(name): more output")
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// Whether a line is `pattern`, whose `…` stand for anything.
  private func matches(_ line: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "…", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return line == pattern
    }
    guard line.hasPrefix(first), line.dropFirst(first.count).hasSuffix(last) else { return false }
    var rest = line.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.range(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}
