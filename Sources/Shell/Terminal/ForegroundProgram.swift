import Foundation
import System

/// Another program that has the terminal until it ends: a pager, a shell.
struct ForegroundProgram {
  /// The program and its arguments; found along PATH.
  var arguments: [String]
  /// Added to this process's environment.
  var environment: [String: String] = [:]

  /// How it ended.
  enum Ending: Hashable {
    case exited(Int32)
    case killed(signal: Int32)
    /// It did not start, for the reason that errno gives.
    case notStarted(errno: Int32)
  }

  /// Runs the program to its end, and gives the terminal back its modes afterwards.
  ///
  /// It stays in this process's group, so that Ctrl-C and Ctrl-Z reach it.
  ///
  /// - Parameter input: What it reads instead of the terminal.
  func run(input: String? = nil) -> Ending {
    let modes = TerminalModes()
    var ends: [Int32] = [-1, -1]
    if input != nil, pipe(&ends) != 0 { return .notStarted(errno: errno) }
    // Whoever reads must see the end of the pipe when we close ours.
    if input != nil { _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC) }
    var pid = pid_t()
    var program = ChildProgram(
      arguments[0], arguments: arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 })
    if input != nil { program.streams = [0: ends[0]] }
    let failure = program.start(&pid)
    if input != nil { close(ends[0]) }
    if let input {
      // A pager that was left early has read enough.
      if failure == 0 { try? TextFile.write(input, to: ends[1], named: "pager") }
      close(ends[1])
    }
    guard failure == 0 else { return .notStarted(errno: failure) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    modes.takeBack()
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
  }
}

/// The modes of the terminal at one time, to be put back when another program changed them.
struct TerminalModes {
  private let modes: termios?

  init() {
    var modes = termios()
    self.modes = tcgetattr(0, &modes) == 0 ? modes : nil
  }

  /// After a program that had the terminal: makes this process the one that Ctrl-C reaches, with
  /// the modes of before.
  func takeBack() {
    guard var modes else { return }
    // A process in the background that touches its terminal is stopped by this signal.
    var before = SignalHandling.mask(SIG_BLOCK, [SIGTTOU])
    tcsetpgrp(0, getpgrp())
    tcsetattr(0, TCSADRAIN, &modes)
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }

  /// Before a prompt: puts the modes back if something left the terminal without echo, lines or
  /// signals.
  func mend() {
    var now = termios()
    guard var modes, tcgetattr(0, &now) == 0 else { return }
    let needed = tcflag_t(ICANON | ECHO | ISIG)
    if modes.c_lflag & needed == needed, now.c_lflag & needed != needed {
      tcsetattr(0, TCSADRAIN, &modes)
    }
  }
}
