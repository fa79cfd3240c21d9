import Foundation
import System

/// A program run to its end, or to a word it prints, with its time and memory.
struct ChildProcess {
  /// From start to end, or until the word was there.
  var seconds: Double
  /// The most memory it held at a time, as far as it was watched.
  var peakBytes = 0

  /// Milliseconds without a word after which a program in a terminal is given up.
  private static let patience: Int32 = 5000

  /// The environment without what would slow a library down or tell it how many threads to take.
  static var environment: [String: String] {
    ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("OPENBLAS_") && !$0.key.hasPrefix("OMP_") && !$0.key.hasPrefix("MKL_")
    }
  }

  /// Runs a program to its end without input and with its output thrown away.
  ///
  /// - Parameter watchesMemory: Whether its peak memory is asked for, which makes the time coarse: a
  ///   twentieth of a second.
  /// - Throws: `BenchmarkError.refused` if it ends with an error.
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String],
    watchesMemory: Bool = false
  ) throws -> ChildProcess {
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    let start = ContinuousClock.now
    let id = try spawn(program, arguments, environment, input: null, output: null)
    var (status, peak): (Int32?, Int) = (nil, 0)
    while watchesMemory, status == nil {
      peak = peakBytes(of: id) ?? peak
      usleep(50_000)
      status = wait(for: id, blocking: false)
    }
    let end = status ?? wait(for: id, blocking: true) ?? -1
    guard end == 0 else {
      let command = ([program] + arguments.prefix(2)).joined(separator: " ")
      throw BenchmarkError.refused("\(command) ended with status \(end)")
    }
    return ChildProcess(
      seconds: (ContinuousClock.now - start) / .seconds(1), peakBytes: peak)
  }

  /// The most memory that a running process has held so far, or this one; nil when it has ended.
  ///
  /// From /proc: what `wait4` tells of a child counts what its parent held when it started it.
  static func peakBytes(of id: pid_t = getpid()) -> Int? {
    let text = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }

  /// Starts a program in a terminal of its own, waits until it has printed `word`, and ends it.
  ///
  /// - Throws: `BenchmarkError.refused` if it does not print it.
  static func runInTerminal(
    _ program: String, environment: [String: String], until word: String
  ) throws -> ChildProcess {
    let (master, slave) = try terminal()
    defer { close(master) }
    let start = ContinuousClock.now
    let id = try spawn(program, [], environment, input: slave, output: slave)
    close(slave)
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    let wanted = Array(word.utf8)
    var seconds: Double?
    while seconds == nil {
      var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, patience) <= 0 { break }
      let count = read(master, &chunk, chunk.count)
      if count <= 0 { break }
      text += chunk[..<count]
      if text.indices.contains(where: { text[$0...].starts(with: wanted) }) {
        seconds = (ContinuousClock.now - start) / .seconds(1)
      }
    }
    kill(id, SIGKILL)
    _ = wait(for: id, blocking: true)
    guard let seconds else {
      throw BenchmarkError.refused("\(program) does not print '\(word)' in a terminal")
    }
    return ChildProcess(seconds: seconds)
  }

  /// Both ends of a new terminal, as `openpty` makes them.
  private static func terminal() throws -> (master: Int32, slave: Int32) {
    let unlock: UInt = 0x4004_5431  // TIOCSPTLCK
    let number: UInt = 0x8004_5430  // TIOCGPTN
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (locked, index): (Int32, Int32) = (0, 0)
    guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, number, &index) == 0
    else { throw BenchmarkError.refused("this machine gives no terminal (/dev/ptmx)") }
    let slave = open("/dev/pts/\(index)", O_RDWR | O_NOCTTY)
    guard slave >= 0 else {
      close(master)
      throw BenchmarkError.refused("/dev/pts/\(index) does not open")
    }
    return (master, slave)
  }

  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String: String], input: Int32,
    output: Int32
  ) throws -> pid_t {
    var child = ChildProgram(program, arguments: [program] + arguments, environment: environment)
    child.streams = [0: input, 1: output, 2: output]
    var id = pid_t()
    let failure = child.start(&id)
    guard failure == 0 else {
      throw BenchmarkError.refused("\(program) does not start: \(systemError(failure))")
    }
    return id
  }

  /// The child's status at its end; nil if it goes on.
  private static func wait(for id: pid_t, blocking: Bool) -> Int32? {
    var status: Int32 = 0
    while true {
      let ended = waitpid(id, &status, blocking ? 0 : WNOHANG)
      if ended == id { return status }
      if ended == 0 || errno != EINTR { return ended == 0 ? nil : -1 }
    }
  }
}
