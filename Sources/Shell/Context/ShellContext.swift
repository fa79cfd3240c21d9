public import CommandLanguage
import Datasets
import Foundation
import Learning
import Networks
public import Sessions
import System

/// What commands work on, in parts: a command takes the one that it needs.
public struct ShellContext: CommandContext {
  public typealias Output = CommandOutput

  var workspace = Workspace()
  package var console: Console
  package var training: Training
  var safety: Safety
  var record = Record()
  package var guide = Guide()
  /// What scripts and the prompt declared, for all that follow.
  public var functions = FunctionLibrary()
  /// What `expect` of the scripts under way has come to.
  package var expectations = Expectations()
  public var tries = 0
  /// Scripts that carry out this statement, one inside the other.
  var depth = 0
  static let depthLimit = 20
  /// `quit` was said.
  public internal(set) var ends = false

  /// The objects, settings and journal.
  public var session: Session {
    get { workspace.session }
    _modify { yield &workspace.session }
  }

  package init(options: ShellOptions, isInteractive: Bool) {
    let permissions: Permissions = options.isSafe ? .workingDirectory : .everything
    console = Console(options, isInteractive: isInteractive, permissions)
    training = Training(Device(threads: options.threads ?? Self.cores))
    safety = Safety(permissions: permissions)
    workspace.givenSeed = options.seed
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
  }

  /// Processors that this process may use.
  static var cores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// Whether pictures can be drawn into files.
  package var hasGnuplot: Bool { console.pictures.hasGnuplot }

  /// The seed that a command was given, or the session's.
  func seed(_ given: UInt64?) -> Int {
    given.map { Int(truncatingIfNeeded: $0) } ?? session.settings.seed
  }

  // MARK: Objects

  public func kind(of name: String) -> ObjectKind? { session.kind(of: name) }
  public func names(of kind: ObjectKind) -> [String] { session.names(of: kind) }
  public var names: [String] { session.names.sorted() }
  public func members(of name: String) -> [String] { session.members(of: name) }
  public var seed: UInt64? { session.seed }

  public func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind? {
    session.kind(ofPart: mark, in: kind)
  }

  public func parts(_ noun: String, of name: String) -> [String] {
    session.parts(noun, of: name)
  }

  func data(_ name: String) throws -> DataSet {
    if case .unavailable(let data)? = session[name] {
      throw DataProblem.missing(data: name, reason: data.message)
    }
    guard case .data(let data)? = session[name] else { throw DataProblem.gone(name: name) }
    return data
  }

  func network(_ name: String) throws -> Network {
    guard case .network(let network)? = session[name] else {
      throw DataProblem.wrongKind(name: name, expected: .network)
    }
    return network
  }

  func run(_ name: String) throws -> RunOnData {
    guard case .run(let run)? = session[name] else {
      throw DataProblem.wrongKind(name: name, expected: .run)
    }
    return run
  }

  /// The task sequence `T`, or the single task `T.1` as a sequence of one.
  func tasks(_ name: String) throws -> Tasks {
    // `T.1` has no dot but the one before the task.
    if let misfit = session.misfit(of: String(name.prefix { $0 != "." })) {
      throw DataProblem.misfit(tasks: name, reason: misfit)
    }
    if case .tasks(let tasks)? = session[name] { return tasks }
    if let (tasks, position) = session.task(name) {
      return Tasks(TaskSequence(tasks: [tasks.sequence.tasks[position]]), of: tasks.data)
    }
    throw DataProblem.notTasks(name: name)
  }
}
