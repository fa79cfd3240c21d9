import Foundation
import Synchronization

/// A wish to stop: Ctrl-C, or a signal that ends the program. It is looked at between steps of work.
///
/// Work that ends only between steps always leaves a whole state behind. One Ctrl-C stops training
/// after the current batch and scripts after the current statement; a second one within two seconds
/// also stops a long command, such as loading, plotting or saving, at its next safe point.
public struct Interrupt: ~Copyable, Sendable {
  private let requests = Atomic(0)
  /// Of the last request, in nanoseconds of the monotonic clock.
  private let time = Atomic<UInt64>(0)
  private let urgency = Atomic(false)
  /// The signal that ends the program, or 0.
  private let ending = Atomic<Int32>(0)
  /// Whether the terminal is being read, which a wish to stop must end.
  private let isReading = Atomic(false)

  /// Between two requests of which the second is urgent, in nanoseconds.
  static let patience: UInt64 = 2_000_000_000

  public init() {}

  /// Safe inside a signal handler.
  public func request() { request(at: Self.now) }

  package func request(at now: UInt64) {
    let last = time.exchange(now, ordering: .relaxed)
    if isRequested, now &- last <= Self.patience { urgency.store(true, ordering: .relaxed) }
    requests.add(1, ordering: .sequentiallyConsistent)
    endReadSoon()
  }

  /// Ends the program at the next safe point. Safe inside a signal handler.
  public func end(by signal: Int32) {
    ending.store(signal, ordering: .sequentiallyConsistent)
    endReadSoon()
  }

  public var isRequested: Bool {
    requests.load(ordering: .sequentiallyConsistent) > 0
      || ending.load(ordering: .sequentiallyConsistent) != 0
  }

  /// How often Ctrl-C came since the last `clear`.
  public var requestCount: Int { requests.load(ordering: .relaxed) }

  /// Whether even a command that is better finished shall stop.
  public var isUrgent: Bool {
    urgency.load(ordering: .relaxed) || ending.load(ordering: .relaxed) != 0
  }

  /// SIGTERM or SIGHUP, if one came.
  public var endingSignal: Int32? {
    let signal = ending.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// Forgets Ctrl-C; a signal that ends the program stays.
  public func clear() {
    requests.store(0, ordering: .relaxed)
    urgency.store(false, ordering: .relaxed)
  }

  // MARK: Reading the terminal

  /// Runs `body`, which reads the terminal; a wish to stop ends its read with EINTR.
  ///
  /// The signal alone does so only if it finds the reading thread asleep in the read. One that comes
  /// just before, or that another thread takes, would be slept through until the next key: alarms
  /// follow it until `body` has returned.
  func endingReads<Result>(_ body: () -> Result) -> Result {
    isReading.store(true, ordering: .sequentiallyConsistent)
    endReadSoon()
    defer {
      isReading.store(false, ordering: .sequentiallyConsistent)
      Self.setAlarm(after: 0)
    }
    return body()
  }

  /// Sets an alarm, which sets the next one. Safe inside a signal handler.
  private func endReadSoon() {
    if isReading.load(ordering: .sequentiallyConsistent), isRequested {
      Self.setAlarm(after: Self.alarmInterval)
    }
  }

  /// Between two alarms, in microseconds: too short to be felt, long enough for a read to begin.
  private static let alarmInterval = 20_000

  /// Sends SIGALRM after some microseconds; 0 takes the alarm back.
  private static func setAlarm(after interval: Int) {
    var timer = itimerval()
    timer.it_value.tv_usec = interval
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
  }

  // MARK: Signals

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// The signals of this process.
  public static let process = Interrupt()

  /// Lets Ctrl-C, SIGTERM and SIGHUP set `process` instead of ending the program.
  ///
  /// Without SA_RESTART, so that a read at the prompt returns with EINTR.
  public static func installHandler() {
    process.clear()  // The global's initializer must have run before a handler touches it.
    SignalHandling.install(SIGINT) { _ in Interrupt.process.request() }
    SignalHandling.install(SIGTERM) { Interrupt.process.end(by: $0) }
    SignalHandling.install(SIGALRM) { _ in Interrupt.process.endReadSoon() }
    // What was started by nohup outlives its terminal.
    SignalHandling.install(SIGHUP, unlessIgnored: true) { Interrupt.process.end(by: $0) }
    // A program that starts this one may hand on a mask that holds signals back.
    SignalHandling.mask(SIG_UNBLOCK, [SIGINT, SIGTERM, SIGHUP, SIGALRM])
  }
}
