import Foundation
import Synchronization

/// The terminal's echo, which is held back while a line is redrawn: what is typed ahead would stand in
/// it. The keys are not lost; the prompt reads and shows them.
///
/// The echo is back before the program is stopped by Ctrl-Z, and before a crash ends it; nothing else
/// of the terminal's modes is touched.
enum TerminalEcho {
  private static let isHeld = Atomic(false)
  private static let stopCount = Atomic(0)

  /// How often Ctrl-Z stopped the program while the echo was held.
  static var stops: Int { stopCount.load(ordering: .relaxed) }

  /// What the signals did before; filled before the handlers that read it are installed.
  nonisolated(unsafe) private static let former: UnsafeMutablePointer<sigaction> = {
    // One for each signal; their numbers end at 64.
    let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    actions.initialize(repeating: sigaction(), count: 65)
    return actions
  }()

  /// The signals by which a program ends that has done something wrong, and Ctrl-\.
  private static let crashes = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP]

  /// Holds the echo back, if the terminal has one and is this program's alone: another one at the same
  /// terminal, such as a pager behind a pipe, would take the modes for those to go back to.
  static func hold() {
    guard !isHeld.load(ordering: .relaxed), (0...2).allSatisfy({ isatty($0) == 1 }), isForeground,
      isOn
    else { return }
    for signal in crashes { install(signal) { TerminalEcho.crash($0) } }
    install(SIGTSTP) { TerminalEcho.stop($0) }
    isHeld.store(true, ordering: .sequentiallyConsistent)
    set(false)
  }

  /// Gives the echo back.
  static func release() {
    guard isHeld.exchange(false, ordering: .sequentiallyConsistent) else { return }
    set(true)
    for signal in crashes + [SIGTSTP] { sigaction(signal, former + Int(signal), nil) }
  }

  // MARK: The terminal

  /// A program in the background must not touch the terminal.
  private static var isForeground: Bool { tcgetpgrp(0) == getpgrp() }

  private static var isOn: Bool {
    var modes = termios()
    return tcgetattr(0, &modes) == 0 && modes.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Safe inside a signal handler.
  private static func set(_ isOn: Bool) {
    var modes = termios()
    guard isForeground, tcgetattr(0, &modes) == 0 else { return }
    if isOn { modes.c_lflag |= tcflag_t(ECHO) } else { modes.c_lflag &= ~tcflag_t(ECHO) }
    tcsetattr(0, TCSANOW, &modes)
  }

  // MARK: Signals

  private static func install(_ signal: Int32, _ handler: @escaping SignalHandling.Handler) {
    SignalHandling.install(
      signal, keeping: former + Int(signal), flags: SA_RESTART, unlessIgnored: true, handler)
  }

  /// Ctrl-Z: the program is stopped in here, and goes on in here when it is continued.
  private static func stop(_ signal: Int32) {
    let code = errno
    set(true)
    var own = sigaction()
    sigaction(signal, former + Int(signal), &own)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, signal)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(signal)
    sigaction(signal, &own, nil)
    stopCount.add(1, ordering: .relaxed)
    if isHeld.load(ordering: .sequentiallyConsistent) { set(false) }
    errno = code
  }

  /// Ends the program by the signal as if nobody had caught it.
  private static func crash(_ signal: Int32) {
    if isHeld.exchange(false, ordering: .sequentiallyConsistent) { set(true) }
    sigaction(signal, former + Int(signal), nil)
    raise(signal)
  }
}
