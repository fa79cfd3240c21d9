import CommandLanguage
import Foundation
import System

extension Command<ShellContext> {
  static var shell: ShellCommand {
    let line = Parameter.words(
      "command", "A line for /bin/sh, best in quotes: 'ls -l'.", shape: .path)
    return ShellCommand(
      "shell", "Runs a line in the system's shell; !COMMAND does the same.", category: .session,
      effect: .leaves, searchWords: ["system", "sh", "bash", "terminal"], parameters: [line],
      touches: [.startsShell],
      examples: [Example("shell 'ls -l'", "What is in the working directory.")],
      seeAlso: ["sessions", "source"],
      discussion: """
        Only for a person at the prompt: no script, pipe, rc file or session can run programs, and \
        with --safe nobody can. The journal does not keep it.
        """
    ) { context, arguments in
      guard context.safety.permissions.mayStartPrograms else { throw SessionProblem.safeShell }
      guard context.console.isInteractive, context.depth == 0 else {
        throw SessionProblem.shellInScript
      }
      let text = arguments[line].map(\.spelling).joined(separator: " ")
      guard !text.isEmpty else { throw SessionProblem.noShellLine }
      let ending = ForegroundProgram(arguments: ["/bin/sh", "-c", text]).run()
      // Ctrl-C was meant for the program.
      Interrupt.process.clear()
      switch ending {
      case .exited(0): return .nothing
      case .exited(let status): return CommandOutput("exit status \(status)")
      case .killed(let signal): return CommandOutput("ended by signal \(signal)")
      case .notStarted(let code): throw SessionProblem.shellDoesNotStart(code: code)
      }
    }
  }
}
