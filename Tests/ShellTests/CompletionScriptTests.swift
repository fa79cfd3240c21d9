import Foundation
import Testing

/// What shells complete the program's own command line by.
@Suite(.enabled(if: Waymark.isBuilt))
struct CompletionScriptTests {
  private func script(_ shell: String) throws -> String {
    let result = try Waymark.run(["--generate-completion-script", shell])
    #expect(result.exit == 0, "\(result.messages)")
    return result.output
  }

  /// zsh takes one definition of the rest of the words, and refuses more at every Tab.
  @Test func zshGetsTheWordsOnce() throws {
    let text = try script("zsh")
    #expect(text.contains("'*:words:_files'"))
    #expect(text.contains(":session:_files'"))
    #expect(!text.contains("->arg'") && !text.contains("->command'"))
  }

  @Test(arguments: ["zsh", "bash", "fish"])
  func optionsAreOffered(shell: String) throws {
    let text = try script(shell)
    for option in ["session", "seed", "threads", "format", "quiet", "safe", "no-rc"] {
      #expect(text.contains(option), "\(option)")
    }
    #expect(!text.contains("subcommand help information"))
  }

  /// What `complete` offers for words typed in a folder with two files.
  private func bash(_ words: [String]) throws -> [String] {
    let folder = try TestFolder()
    try folder.write(script("bash").utf8, to: "completion")
    for name in ["lesson.way", "lesson.waymark"] { try folder.write("".utf8, to: name) }
    let program = """
      . ./completion; COMP_WORDS=(waymark "$@"); COMP_CWORD=$#
      _waymark waymark "${!#}" "${COMP_WORDS[COMP_CWORD-1]}"; printf '%s\\n' "${COMPREPLY[@]}"
      """
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", program, "bash"] + words
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
  }

  @Test func bashOffersFilesAndOptions() throws {
    let files = try bash(["les"])
    #expect(files == ["lesson.way", "lesson.waymark"])
    #expect(try bash(["--session", "les"]) == files)
    #expect(try bash(["--format", ""]) == ["json", "text"])
    #expect(try bash(["--sa"]) == ["--safe"])
  }
}
