import Foundation
import Synchronization

/// The program at a terminal of its own, whose screen the test reads and whose keys it presses.
///
/// Waits are for content, never for a time, so that a slow machine only makes the test slower.
final class PseudoTerminal {
  let folder: TestFolder
  private let master: Int32
  let process: pid_t
  private(set) var screen: Screen
  private var status: Int32?

  /// Why a test could not go on, with the screen.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// No wait takes longer, in seconds; only what hangs waits so long.
  private static let patience = 45.0

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - environment: Added to a plain one; nil takes a variable away.
  ///   - folder: Working directory, home and place of all its files.
  init(
    _ arguments: [String] = [], program: String? = nil, width: Int = 80, height: Int = 24,
    environment: [String: String?] = [:], folder: TestFolder? = nil
  ) throws {
    self.folder = try folder ?? TestFolder()
    screen = Screen(width: width, height: height)
    // Linux's own calls: Swift does not see posix_openpt and its kin.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, UInt(0x4004_5431), &lock) == 0,  // TIOCSPTLCK
      ioctl(master, UInt(0x8004_5430), &number) == 0  // TIOCGPTN
    else { throw Failure(description: "no pseudo-terminal: errno \(errno)") }
    let path = "/dev/pts/\(number)"
    var size = winsize(
      ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    var values: [String: String] = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "TERM": "xterm",
      "LANG": "C.UTF-8", "NO_COLOR": "1", "PAGER": "cat",
    ]
    for variable in ["HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
      values[variable] = self.folder.path
    }
    // What scripts/mutate tells its programs too.
    for (variable, value) in ProcessInfo.processInfo.environment
    where variable.hasPrefix("WAYMARK_") { values[variable] = value }
    for (variable, value) in environment { values[variable] = value }
    guard let executable = program ?? Waymark.executable?.path else {
      throw Failure(description: "the program is not built")
    }
    process = try Self.spawn(
      ["/usr/bin/env", "-C", self.folder.path, executable] + arguments, environment: values,
      terminal: path)
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      kill(process, SIGCONT)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    close(master)
  }

  /// In a session of its own, with `terminal` as its controlling terminal and standard streams.
  private static func spawn(
    _ arguments: [String], environment: [String: String], terminal: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID
    posix_spawnattr_setflags(
      &attributes, Int16(newSession | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer {
      words.forEach { free($0) }
      variables.forEach { free($0) }
    }
    var pid = pid_t()
    let failure = posix_spawn(&pid, arguments[0], &actions, &attributes, &words, &variables)
    guard failure == 0 else { throw Failure(description: "posix_spawn: errno \(failure)") }
    return pid
  }

  // MARK: Keys

  /// Types text or keys as a terminal sends them.
  func type(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Types a line, waits until it is on the screen as typed, and presses Enter.
  func enter(_ line: String) throws {
    type(line)
    try wait("the line '\(line)'") { $0.currentLine.hasSuffix(line) }
    type("\r")
  }

  /// Types a line with Enter, and waits for the text that it shall show.
  func enter(_ line: String, until text: String) throws {
    try enter(line)
    try waitForPrompt(after: text)
  }

  func paste(_ text: String) {
    type("\u{1B}[200~" + text.replacing("\n", with: "\r") + "\u{1B}[201~")
  }

  func resize(width: Int, height: Int) {
    screen.resize(width: width, height: height)
    var size = winsize(
      ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  // MARK: Waiting

  /// Reads what the program writes until the screen is as described.
  func wait(_ what: String, until isThere: (Screen) -> Bool) throws {
    let start = ProcessInfo.processInfo.systemUptime
    let deadline = start + Self.patience
    defer {
      let seconds = ProcessInfo.processInfo.systemUptime - start
      if seconds > Self.patience / 4 { print("waited \(Int(seconds)) s for \(what)") }
    }
    while !isThere(screen) {
      guard ProcessInfo.processInfo.systemUptime < deadline else {
        throw Failure(description: "waited in vain for \(what); the screen:\n\(screen.text)")
      }
      guard readSome() else {
        throw Failure(description: "ended before \(what); the screen:\n\(screen.text)")
      }
    }
  }

  /// Waits for a text that was not to be seen before, and then for the prompt below it.
  func waitForPrompt(after text: String = "", _ prompt: String = "waymark>") throws {
    try wait("'\(text)' and the prompt '\(prompt)'") {
      $0.currentLine == prompt && (text.isEmpty || $0.text.contains(text))
    }
  }

  func wait(for text: String) throws {
    try wait("'\(text)'") { $0.text.contains(text) }
  }

  /// Waits for the line that the cursor stands in.
  func wait(forLine line: String) throws {
    try wait("the line '\(line)'") { $0.currentLine == line }
  }

  /// - Returns: False at the end of the program's output.
  private func readSome() -> Bool {
    var input = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, 200) > 0 else { return true }
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = read(master, &bytes, bytes.count)
    guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) }
    screen.feed(bytes[..<count])
    if !screen.answers.isEmpty {
      type(String(decoding: screen.answers, as: UTF8.self))
      screen.answers = []
    }
    return true
  }

  /// Waits until the program in the foreground sleeps, as it does when it waits for a key: what is on
  /// the screen is there a moment earlier.
  func waitUntilAsleep() throws {
    let deadline = ProcessInfo.processInfo.systemUptime + Self.patience
    while ProcessInfo.processInfo.systemUptime < deadline {
      let state = try? String(contentsOfFile: "/proc/\(foreground)/stat", encoding: .utf8)
      // The state stands behind the name in brackets.
      if state?.split(separator: ")").last?.hasPrefix(" S") == true { return }
      _ = readSome()
    }
    throw Failure(description: "did not come to rest; the screen:\n\(screen.text)")
  }

  /// Whether the program is stopped, as by Ctrl-Z; waits for it.
  func waitUntilStopped() throws {
    let deadline = ProcessInfo.processInfo.systemUptime + Self.patience
    while ProcessInfo.processInfo.systemUptime < deadline {
      _ = readSome()
      var status: Int32 = 0
      if waitpid(process, &status, WUNTRACED | WNOHANG) == process, status & 0xFF == 0x7F {
        return
      }
    }
    throw Failure(description: "did not stop; the screen:\n\(screen.text)")
  }

  /// The exit status at the end; reads what is still written.
  func exitStatus() throws -> Int32 {
    let deadline = ProcessInfo.processInfo.systemUptime + Self.patience
    while ProcessInfo.processInfo.systemUptime < deadline {
      let isOpen = readSome()
      var status: Int32 = 0
      if waitpid(process, &status, isOpen ? WNOHANG : 0) == process {
        while readSome(), hasInput {}
        self.status = status
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
      }
    }
    throw Failure(description: "did not end; the screen:\n\(screen.text)")
  }

  private var hasInput: Bool {
    var input = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, 0) > 0
  }

  /// Whether the terminal passes single keys without echo, as an editor sets it.
  var isRaw: Bool { modes.map { $0 & tcflag_t(ICANON | ECHO) == 0 } ?? false }

  /// Whether the terminal shows what is typed.
  var hasEcho: Bool { modes.map { $0 & tcflag_t(ECHO) != 0 } ?? false }

  private var modes: tcflag_t? {
    var modes = termios()
    return tcgetattr(master, &modes) == 0 ? modes.c_lflag : nil
  }

  /// The group of processes that Ctrl-C reaches.
  var foreground: pid_t { tcgetpgrp(master) }
}
