import ArgumentParser
import Foundation
import Shell
import System
import Tensors

/// The program's options; everything else is the language's.
struct Waymark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waymark",
    abstract: "A shell for class-incremental learning on road signs.",
    discussion: """
      Without a script it asks at a prompt, or reads a pipe. Type 'help' there.
      Exit codes: 0 all done, 1 a command failed, 2 bad usage or a syntax error, 130 interrupted.
      """,
    version: Program.version)

  @Argument(
    help: "A script (.way) to carry out, then its variables as NAME=VALUE.", completion: .file())
  var words: [String] = []

  @Option(
    name: .customShort("c"),
    help: "Statements to carry out instead of a script; several -c, one after the other.")
  var commands: [String] = []

  @Option(help: "A session file to restore first.", completion: .file())
  var session: [String] = []

  @Option(help: "Random seed.")
  var seed: Int?

  @Option(help: "Threads of work; results do not depend on it.")
  var threads: Int?

  @Option(help: "How results are printed: text or json.")
  var format: Format = .text

  @Flag(help: "No progress and no greetings.")
  var quiet = false

  @Flag(help: "Forbid other programs, and writing outside the working directory.")
  var safe = false

  @Flag(name: .customLong("no-color"), help: "No colours.")
  var noColor = false

  @Flag(name: .customLong("no-rc"), help: "Do not begin the prompt with the rc file.")
  var noConfiguration = false

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  func validate() throws {
    if let seed, seed < 0 { throw ValidationError("--seed takes a whole number from 0") }
    if let threads, !(1...64).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 64")
    }
    if !commands.isEmpty, words.contains(where: { !$0.contains("=") }) {
      throw ValidationError("give either a script or -c, not both")
    }
    if session.count > 1 { throw ValidationError("give --session once") }
  }

  func options() throws -> ShellOptions {
    var options = ShellOptions()
    var rest = words[...]
    if commands.isEmpty { options.script = rest.popFirst() }
    for word in rest {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw ValidationError("'\(word)' is not a variable: write NAME=VALUE")
      }
      guard !options.variables.contains(where: { $0.name == parts[0] }) else {
        throw ValidationError("the variable '\(parts[0])' is given twice")
      }
      options.variables.append((String(parts[0]), String(parts[1])))
    }
    options.commands = commands.isEmpty ? nil : commands.joined(separator: "\n")
    options.sessionFile = session.first
    options.seed = seed
    options.threads = threads
    options.printsJSON = format == .json
    options.isQuiet = quiet
    options.isSafe = safe
    options.isColourless = noColor
    options.readsConfiguration = !noConfiguration
    return options
  }
}

/// A completion script without a subcommand `help`, which the library adds though the program has
/// none: zsh refuses it beside the words, and the shells would offer it.
func withoutSubcommands(_ script: String) -> String {
  let marks = [
    "'(-): :->command'", "'(-)*:: :->arg'", "Show subcommand help information.",
    "\"waymark help\"",
  ]
  return script.split(separator: "\n", omittingEmptySubsequences: false)
    .filter { line in !marks.contains { line.contains($0) } }
    .joined(separator: "\n")
}

BLASKernels.choose()

do {
  let waymark = try Waymark.parse()
  let options = try waymark.options()
  if options.isColourless { setenv("NO_COLOR", "1", 1) }
  if options.isSafe { Permissions.confine(to: .workingDirectory) }
  var shell = Shell(options)
  exit(shell.run().rawValue)
} catch {
  // Usage errors end with 2, --help and --version with 0.
  let code = Waymark.exitCode(for: error)
  var message = Waymark.fullMessage(for: error)
  if CommandLine.arguments.contains(where: { $0.hasPrefix("--generate-completion-script") }) {
    message = withoutSubcommands(message)
  }
  if code == .success {
    print(message)
  } else {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }
  exit(code == .success ? 0 : 2)
}
