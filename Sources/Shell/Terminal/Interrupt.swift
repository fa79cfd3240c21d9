import Foundation
import Synchronization

/// A wish to stop, set by Ctrl-C and looked at between steps of work.
///
/// Work that ends only between steps always leaves a whole state behind.
public struct Interrupt: ~Copyable, Sendable {
  private let requests = Atomic(0)

  public init() {}

  /// Safe inside a signal handler.
  public func request() { requests.add(1, ordering: .relaxed) }

  public var isRequested: Bool { requestCount > 0 }

  /// How often it was asked for since the last `clear`: a second Ctrl-C is more urgent.
  public var requestCount: Int { requests.load(ordering: .relaxed) }

  public func clear() { requests.store(0, ordering: .relaxed) }

  /// Ctrl-C in this process.
  public static let process = Interrupt()

  /// Lets Ctrl-C set `process` instead of ending the program.
  ///
  /// Without SA_RESTART, so that a read at the prompt returns with EINTR.
  public static func installHandler() {
    process.clear()  // The global's initialiser must have run before a handler touches it.
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interrupt.process.request() }
    sigemptyset(&action.sa_mask)
    action.sa_flags = 0
    sigaction(SIGINT, &action, nil)
    // A program that starts this one may hand on a mask that holds signals back.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
