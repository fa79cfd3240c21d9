public import CommandLanguage
import Datasets
import Files
import Foundation
import Learning
import Networks
import Plotting
public import Sessions
import Tracking

/// What commands work on: the session, and the machine and terminal it lives on.
public struct ShellContext: CommandContext {
  public typealias Output = CommandOutput

  public var session = Session()
  /// The run that `step`, `continue` and `status` mean when none is named.
  var currentRun: String?
  /// The run that the command under way meant without naming it.
  var impliedRun: String?
  var device: Device
  var progress: ProgressBar
  /// The logs that runs are written to.
  var tracking = Tracking(program: "waymark \(Program.version)")
  /// Asked between steps of work whether somebody wants it to stop.
  package var isInterrupted: @Sendable () -> Bool = { Interrupt.process.isRequested }
  /// Asked inside commands that are better finished whether they shall stop all the same.
  package var isUrgent: @Sendable () -> Bool = { Interrupt.process.isUrgent }
  /// Prints results.
  package var show: @Sendable (String) throws -> Void = { try StandardStreams.show($0) }
  /// Whether a person types at a prompt.
  let isInteractive: Bool
  let output: TerminalInfo
  let pictures: PictureDesk
  /// What may be written and started: with `--safe` files of the working directory, and nothing.
  let permissions: Permissions
  /// Says nothing that was not asked for.
  let isQuiet: Bool
  /// Prints one JSON object a line.
  let printsJSON: Bool
  /// What the journal's commands have shown.
  var transcript = Transcript()
  /// The tour or lesson that is under way.
  package var walk: WalkProgress?
  /// What the statements of walks that are carried out at once have assigned.
  var walkVariables = Variables()
  /// Whether a prompt shows the steps of walks, one by one.
  package var guidesWalks = false
  /// Scripts that carry out this statement, one inside the other.
  var depth = 0
  static let depthLimit = 20
  /// The object that the command under way would replace, until a person was asked about it.
  var toBeReplaced: NamedObject?
  /// The command that is carried out, in full.
  var running: CommandStatement?
  var autosaving = Autosaving()
  /// The runs that would not be lost with the session.
  var heldRuns = HeldRuns()
  /// Compares every command with a saved session; then nothing is written to disk.
  var verification: Verification?
  /// The seed that the program was started with.
  let givenSeed: Int?
  /// The session's own file, once it was saved or restored, with the right to replace it.
  var sessionFile: SessionFileUse?
  /// `quit` was said.
  public internal(set) var ends = false

  package init(options: ShellOptions, isInteractive: Bool) {
    self.isInteractive = isInteractive
    permissions = options.isSafe ? .workingDirectory : .everything
    isQuiet = options.isQuiet
    output = TerminalInfo.output
    pictures = PictureDesk(mayDraw: permissions.mayStartPrograms)
    device = Device(threads: options.threads ?? Self.cores)
    progress = ProgressBar(style: options.isQuiet ? .nothing : nil)
    givenSeed = options.seed
    session.settings.seed = options.seed ?? 0
    if let seed = options.seed {
      var details = JournalEntry.Details()
      details.isOption = true
      let time = Date().timeIntervalSince1970
      session.journal = [
        JournalEntry(command: "set seed=\(seed)", time: time, seconds: 0, details: details)
      ]
    }
    session.settings.threads = options.threads
    printsJSON = options.printsJSON
  }

  /// Processors that this process may use.
  static var cores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// Whether pictures can be drawn into files.
  package var hasGnuplot: Bool { pictures.hasGnuplot }

  /// The seed that a command was given, or the session's.
  func seed(_ given: UInt64?) -> Int {
    given.map { Int(truncatingIfNeeded: $0) } ?? session.settings.seed
  }

  // MARK: Objects

  public func kind(of name: String) -> ObjectKind? { session.kind(of: name) }
  public func names(of kind: ObjectKind) -> [String] { session.names(of: kind) }
  public var names: [String] { session.names.sorted() }

  public func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind? {
    session.kind(ofPart: mark, in: kind)
  }

  func data(_ name: String) throws -> DataSet {
    if case .unavailable(let data)? = session[name] {
      throw Failure("the data set '\(name)' is missing: \(data.message)", help: "objects")
    }
    guard case .data(let data)? = session[name] else {
      throw Failure("the data set '\(name)' is not here any more", help: "objects")
    }
    return data
  }

  func network(_ name: String) throws -> Network {
    guard case .network(let network)? = session[name] else {
      throw Failure("'\(name)' is not a network", help: "objects")
    }
    return network
  }

  func run(_ name: String) throws -> RunOnData {
    guard case .run(let run)? = session[name] else {
      throw Failure("'\(name)' is not a run", help: "objects")
    }
    return run
  }

  /// The task sequence `T`, or the single task `T.1` as a sequence of one.
  func tasks(_ name: String) throws -> Tasks {
    // `T.1` has no dot but the one before the task.
    if let misfit = session.misfit(of: String(name.prefix { $0 != "." })) {
      throw Failure("'\(name)' does not fit its data set: \(misfit)", help: "help tasks")
    }
    if case .tasks(let tasks)? = session[name] { return tasks }
    if let (tasks, position) = session.task(name) {
      return Tasks(TaskSequence(tasks: [tasks.sequence.tasks[position]]), of: tasks.data)
    }
    throw Failure("'\(name)' is neither a task sequence nor one of its tasks", help: "help tasks")
  }
}
