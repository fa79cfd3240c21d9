internal import Dispatch
internal import Foundation
internal import Synchronization
internal import System

/// Copies of a session on disk, written while it is worked on, beside its own file and never over it.
///
/// Each process has a file of its own, which is locked as long as the process lives: those that
/// nobody has locked were left by processes that did not come to an end.
public final class Autosave: Sendable {
  private struct State {
    /// The file's path, once there is one.
    var path: String?
    var lock: SessionLock?
    /// What is to be written when the writing under way is done.
    var next: Session?
    /// Why the last writing failed.
    var failure: SessionFileError?
  }

  private let folder: String
  private let program: String
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "waymark.autosave", qos: .utility)

  /// Touches nothing before the first `save`.
  ///
  /// - Parameter folder: Made when it is needed.
  public init(folder: String, program: String = SessionFile.program) {
    self.folder = folder
    self.program = program
  }

  /// Whether there is a file.
  public var exists: Bool { state.withLock { $0.path != nil } }

  /// Why the last copy could not be written; nil if it could.
  public var failure: SessionFileError? { state.withLock { $0.failure } }

  /// Writes a copy in the background. If one is being written, this one follows, in place of any
  /// other that waits.
  public func save(_ session: Session) {
    state.withLock { $0.next = session }
    queue.async { self.writeNext() }
  }

  /// Writes a copy now.
  public func saveAndWait(_ session: Session) throws(SessionFileError) {
    save(session)
    wait()
    if let failure { throw failure }
  }

  /// Returns when nothing is being written.
  public func wait() { queue.sync {} }

  /// Writes the session that waits, unless an earlier call has.
  private func writeNext() {
    let next = state.withLock { state in
      defer { state.next = nil }
      return state.next
    }
    guard let next else { return }
    do throws(SessionFileError) {
      try write(next)
      state.withLock { $0.failure = nil }
    } catch {
      state.withLock { $0.failure = error }
    }
  }

  private func write(_ session: Session) throws(SessionFileError) {
    let (known, lock) = state.withLock { ($0.path, $0.lock) }
    if known == nil { _ = FileGate.makeFolder(folder, mode: 0o700) }
    let path = known ?? Self.newPath(in: folder)
    let new = try SessionFile.save(session, to: path, program: program, holding: lock)
    state.withLock { state in
      state.path = path
      state.lock = new
    }
  }

  private static func newPath(in folder: String) -> String {
    let time = Int(Date().timeIntervalSince1970)
    let process = ProcessInfo.processInfo.processIdentifier
    return "\(folder)/\(time)-\(process).\(SessionFile.pathExtension)"
  }

  /// Removes the copy: the session has come to its end.
  public func remove() {
    wait()
    if let path = state.withLock({ $0.path }) { FileGate.remove(path) }
    leave()
  }

  /// Leaves the copy to be found.
  public func leave() {
    wait()
    state.withLock { state in
      state.path = nil
      state.lock = nil
    }
  }

  /// Removes copies that others left with whose commands, and the same numbers made by each, a session
  /// begins, as when a script that failed was mended and fails further on.
  public func forgetWhatLeads(to session: Session) {
    let own = state.withLock { $0.path }
    for path in Self.files(in: folder) where path != own {
      Self.alone(with: path) {
        let old = try SessionFile.journal(of: path).journal
        let isRepeated = session.journal.starts(with: old) {
          $0.command == $1.command && $0.details.made == $1.details.made
        }
        if !old.isEmpty, isRepeated { FileGate.remove(path) }
      }
    }
  }

  // MARK: What others left

  /// A copy that a process left that did not come to its end.
  public struct Found: Hashable, Sendable {
    public let path: String
    public let listing: SessionListing
  }

  /// Copies that are kept of sessions that did not come to their end, such as scripts that failed; the
  /// oldest go.
  public static let limit = 20

  /// Removes all but the newest of the copies that were left in a folder.
  ///
  /// - Returns: How many were removed.
  public static func forgetOldest(in folder: String, keeping limit: Int = limit) -> Int {
    var left = limit
    var count = 0
    for path in files(in: folder) {
      alone(with: path) {
        left -= 1
        if left < 0, FileGate.remove(path) == 0 { count += 1 }
      }
    }
    return count
  }

  private static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix("." + SessionFile.pathExtension) }
  }

  /// The copies in a folder, the newest first: their names begin with the time.
  private static func files(in folder: String) -> [String] {
    let copies = names(in: folder).compactMap { name in
      Int(name.prefix { $0 != "-" }).map { (time: $0, name: name) }
    }
    return copies.sorted { $0 > $1 }.map { folder + "/" + $0.name }
  }

  /// What `body` makes of a file; nil if a process has it, or if `body` throws.
  @discardableResult
  private static func alone<Result>(
    with path: String, _ body: () throws -> Result
  ) -> Result? {
    // Who can lock it is alone with it.
    guard let lock = try? SessionLock(path) else { return nil }
    defer { withExtendedLifetime(lock) {} }
    return try? body()
  }

  /// What was left in a folder, the newest first. Files that are no whole sessions are passed over.
  public static func found(in folder: String) -> [Found] {
    names(in: folder).compactMap { name in
      let path = folder + "/" + name
      return alone(with: path) { Found(path: path, listing: try SessionFile.contents(of: path)) }
    }
    .sorted { ($0.listing.saved ?? 0, $0.path) > ($1.listing.saved ?? 0, $1.path) }
  }

  /// Removes what was left, unless a process has it.
  public static func remove(_ found: Found) throws(SessionFileError) {
    let lock = try SessionLock(found.path)
    guard FileGate.remove(found.path) == 0 else {
      throw .notWritable(path: found.path, reason: systemError(errno))
    }
    withExtendedLifetime(lock) {}
  }
}
