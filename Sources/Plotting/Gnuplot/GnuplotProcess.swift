import GnuplotBridge
import PlainText
import System

/// A running gnuplot: commands go in through gnuplot-iostream, answers come back through two pipes
/// that are always drained, since gnuplot would wait for ever at a full one.
final class GnuplotProcess {
  let identifier: pid_t
  private let bridge: OpaquePointer
  private let output: CInt
  private let errors: CInt
  private let patience: Duration
  private var jobs = 0
  /// Whether a script is being carried out.
  private(set) var isBusy = false
  private var deadline = ContinuousClock.now
  private var received = ""
  private var complaints = ""
  /// Whether gnuplot has closed its stream of errors.
  private var isDeaf = false
  /// What becomes of gnuplot when this program lets go of it.
  enum Farewell {
    case kill
    /// It ends by itself, which closes its windows; those of a gnuplot that is killed would stay.
    case closeWindows
    /// It lives on as long as people look at its windows.
    case leaveWindows
  }

  var farewell = Farewell.kill

  /// - Throws: `gnuplotMissing`, `gnuplotNotStarted`.
  init(
    executable: String, environment: [String: String], patience: Duration
  ) throws(PlotError) {
    guard let path = GnuplotProcess.find(executable, in: environment["PATH"] ?? "") else {
      throw .gnuplotMissing
    }
    let input = try Pipe(for: path)
    let output = try Pipe(for: path)
    let errors = try Pipe(for: path)
    var pid = pid_t()
    let failure = GnuplotProcess.spawn(
      &pid, path, environment, [input.reading, output.writing, errors.writing])
    let bridge = failure == 0 ? gnuplot_bridge_open(input.takeWriting()) : nil
    guard let bridge else {
      let reason = failure == 0 ? errno : failure
      if failure == 0 {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
      }
      if reason == ENOENT { throw .gnuplotMissing }
      throw .gnuplotNotStarted(path: path, errno: reason)
    }
    identifier = pid
    self.bridge = bridge
    self.output = output.takeReading()
    self.errors = errors.takeReading()
    self.patience = patience
  }

  deinit {
    gnuplot_bridge_close(bridge)
    let hasEnded = farewell == .closeWindows && endsSoon
    close(output)
    close(errors)
    if farewell == .leaveWindows || hasEnded { return }
    kill(-identifier, SIGKILL)
    while waitpid(identifier, nil, 0) == -1, errno == EINTR {}
  }

  /// Waits a second at most until gnuplot has ended, and reaps it.
  private var endsSoon: Bool {
    for _ in 0..<100 {
      if waitpid(identifier, nil, WNOHANG) == identifier { return true }
      usleep(10_000)
    }
    return false
  }

  /// Loads a script with fresh settings and waits until all that it draws is drawn.
  ///
  /// - Parameter isCancelled: Asked whenever a signal comes.
  /// - Returns: What the script printed.
  /// - Throws: `gnuplotRefused` after an error in the script; `gnuplotStopped`, `gnuplotSilent` or
  ///   `cancelled`, after which this process is of no more use.
  @discardableResult
  func load(_ path: String, isCancelled: () -> Bool = { false }) throws(PlotError) -> String {
    try begin(path)
    while isBusy {
      if isCancelled() { throw .cancelled }
      try listen(atMost: 200)
    }
    return printed
  }

  /// Begins to load a script; `isBusy` until `listen` has heard its end.
  func begin(_ path: String) throws(PlotError) {
    jobs += 1
    received = ""
    complaints = ""
    isBusy = true
    deadline = ContinuousClock.now + patience
    let commands = [
      "reset session", "reset errors", "set print '-'", "load \(gnuplotText(path))",
      "set output", "print '\(mark) ', GPVAL_ERRNO, ' ', GPVAL_ERRMSG", "print '\(mark) end'",
    ].map { $0 + "\n" }.joined()
    let failure = commands.withCString {
      gnuplot_bridge_send(bridge, $0, commands.utf8.count)
    }
    if failure != 0 { throw stopped() }
  }

  /// Stands before the two lines that follow a script's own.
  private var mark: String { "@@waymark \(jobs)" }

  /// What the last script printed, and what was said since.
  var printed: String { received.replacing(#/@@waymark .*\n/#, with: "") }

  /// Whether gnuplot has said a line, which is then forgotten.
  func takes(line: String) -> Bool {
    guard let range = received.firstRange(of: line + "\n") else { return false }
    received.removeSubrange(range)
    return true
  }

  /// Hears what gnuplot says for so many milliseconds, or until it has said something.
  func listen(atMost milliseconds: Int) throws(PlotError) {
    let left = isBusy ? max(0, (deadline - .now) / .milliseconds(1)) : Double(milliseconds)
    var files = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    if isDeaf { files[1].fd = -1 }
    let ready = poll(
      &files, nfds_t(files.count), CInt(min(left.rounded(.up), Double(milliseconds))))
    if ready < 0, errno != EINTR { throw stopped() }
    if ready == 0, left == 0, isBusy {
      throw .gnuplotSilent(seconds: Int(patience.components.seconds))
    }
    if ready <= 0 { return }
    if files[1].revents != 0, !hearComplaints() { isDeaf = true }
    guard files[0].revents != 0 else { return }
    guard let text = drain(output) else { throw stopped() }
    received += text
    guard isBusy, let end = received.firstRange(of: "\(mark) end\n") else { return }
    isBusy = false
    let start = received.firstRange(of: mark + " ")?.upperBound ?? end.lowerBound
    let parts = received[start..<max(start, end.lowerBound)].split(separator: " ", maxSplits: 1)
    if parts.first != "0" {
      throw .gnuplotRefused(message: parts.dropFirst().joined().withoutControls.trimmed)
    }
  }

  /// Keeps the last of what gnuplot says of errors; false at the end.
  private func hearComplaints() -> Bool {
    guard let text = drain(errors) else { return false }
    complaints = String((complaints + text).suffix(2000))
    return true
  }

  /// What has come, or nil at the end.
  private func drain(_ file: CInt) -> String? {
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    let count = read(file, &chunk, chunk.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return "" }
    return count > 0 ? String(decoding: chunk[..<count], as: UTF8.self) : nil
  }

  /// The exit status or signal of a process whose pipes are closed, and the end of its complaints.
  private func stopped() -> PlotError {
    var file = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
    while poll(&file, 1, 100) > 0, hearComplaints() {}
    var information = siginfo_t()
    var status: Int32 = -1
    for _ in 0..<100 {
      // Leaves it for deinit to reap.
      guard waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT | WNOHANG) == 0 else {
        break
      }
      if information._sifields._sigchld.si_pid == identifier {
        status = information._sifields._sigchld.si_status
        break
      }
      usleep(10_000)
    }
    return .gnuplotStopped(status: status, message: complaints.withoutControls.trimmed)
  }
}

extension String {
  fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
