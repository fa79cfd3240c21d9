import CommandLanguage
import Networks
import PlainText
import Sessions
import System
import Tracking

/// What is live in a session, and what its commands mean when they name nothing.
struct Workspace {
  var session = Session()
  /// The run that `step`, `continue` and `status` mean when none is named.
  var currentRun: String?
  /// The run that the command under way meant without naming it.
  var impliedRun: String?
  /// The command that is carried out, in full.
  var running: CommandStatement?
  /// The seed that the program was started with.
  var givenSeed: Int?
  /// The session's own file, once it was saved or restored, with the right to replace it.
  var file: SessionFileUse?
}

/// Where results are shown, and how.
package struct Console {
  /// Whether a person types at a prompt.
  let isInteractive: Bool
  let terminal = TerminalInfo.output
  let pictures: PictureDesk
  let isQuiet: Bool
  /// Prints one JSON object a line.
  let printsJSON: Bool
  package var show: @Sendable (String) throws -> Void = { try StandardStreams.show($0) }
  package var progress: ProgressBar
  /// Figures that follow runs while they learn, the last asked for at the end.
  var livePlots: [LivePlot] = []

  init(_ options: ShellOptions, isInteractive: Bool, _ permissions: Permissions) {
    self.isInteractive = isInteractive
    pictures = PictureDesk(
      mayDraw: permissions.mayStartPrograms, keepsWindows: !isInteractive)
    isQuiet = options.isQuiet
    printsJSON = options.printsJSON
    progress = ProgressBar(style: options.isQuiet ? .nothing : nil)
  }

  /// Says something besides results, on the stream of messages.
  ///
  /// - Parameters:
  ///   - key: Of the JSON object.
  ///   - prefix: Of the line for people.
  func tell(_ message: String, as key: String, prefix: String = "") {
    let message = message.withoutControls
    let text =
      printsJSON
      ? "{\"\(key)\":\(jsonText(message))}" : TerminalInfo.messages.laidOut(prefix + message)
    StandardStreams.tell(text + "\n")
  }
}

/// What runs are trained with, and where they are logged.
package struct Training {
  var device: Device
  /// The logs that runs are written to.
  var tracking = Tracking(program: "waymark \(Program.version)")
  /// Asked between steps of work whether somebody wants it to stop.
  package var isInterrupted: @Sendable () -> Bool = { Interrupt.process.isRequested }
  /// Asked inside commands that are better finished whether they shall stop all the same.
  package var isUrgent: @Sendable () -> Bool = { Interrupt.process.isUrgent }

  init(_ device: Device) { self.device = device }
}

/// What may be written and started, and what guards against loss.
struct Safety {
  /// With `--safe` files of the working directory, and no program.
  let permissions: Permissions
  /// The name of the object that the command under way would replace, until a person was asked about it.
  var toBeReplaced: String?
  var autosaving = Autosaving()
  /// The runs that would not be lost with the session.
  var heldRuns = HeldRuns()

  init(permissions: Permissions) { self.permissions = permissions }
}

/// What is kept of the commands besides the session's journal.
struct Record {
  /// What the journal's commands have shown.
  var transcript = Transcript()
  /// Compares every command with a saved session; then nothing is written to disk.
  var verification: VerifiedReplay?
}

/// The tour or lesson that is under way.
package struct Guide {
  package var walk: WalkProgress?
  /// What the statements of walks that are carried out at once have assigned.
  var variables = Variables()
  /// Whether a prompt shows the steps of walks, one by one.
  package var isGuiding = false
}

/// The file that a session was saved to or restored from.
struct SessionFileUse {
  var path: String
  /// Nil if another process has the file.
  var lock: SessionLock?
  /// The file as it was then.
  var stamp: FileStamp?
}
