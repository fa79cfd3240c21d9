import Glibc
import GnuplotBridge

/// Both ends of a pipe, closed unless they are taken.
final class Pipe {
  private(set) var reading: CInt
  private(set) var writing: CInt

  /// - Throws: `gnuplotNotStarted`.
  init(for path: String) throws(PlotError) {
    var ends: [CInt] = [-1, -1]
    let failure = gnuplot_bridge_pipe(&ends)
    guard failure == 0 else { throw .gnuplotNotStarted(path: path, errno: failure) }
    reading = ends[0]
    writing = ends[1]
  }

  func takeReading() -> CInt {
    defer { reading = -1 }
    return reading
  }

  func takeWriting() -> CInt {
    defer { writing = -1 }
    return writing
  }

  deinit {
    if reading >= 0 { close(reading) }
    if writing >= 0 { close(writing) }
  }
}

extension GnuplotProcess {
  /// The first executable file of that name on a search path; a name with a slash is itself.
  static func find(_ name: String, in searchPath: String) -> String? {
    let candidates =
      name.contains("/")
      ? [name] : searchPath.split(separator: ":").map { "\($0)/\(name)" }
    return candidates.first { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        && access(path, X_OK) == 0
    }
  }

  /// In a process group of its own, so that Ctrl-C does not reach it, with default signals, a UTF-8
  /// locale with dots in numbers, and nothing of the user's gnuplot settings.
  ///
  /// - Returns: 0, or an errno value.
  static func spawn(
    _ pid: inout pid_t, _ path: String, _ environment: [String: String], _ standard: [CInt]
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, file) in standard.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file, CInt(target))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var values = environment
    for name in values.keys where name.hasPrefix("GNUPLOT") || name.hasPrefix("LC_") {
      values[name] = nil
    }
    values["GNUTERM"] = nil
    values["LC_ALL"] = "C.UTF-8"
    let arguments = CStrings([path, "--default-settings"])
    let variables = CStrings(values.map { "\($0)=\($1)" })
    return posix_spawn(
      &pid, path, &actions, &attributes, arguments.pointers, variables.pointers)
  }
}

/// A null-terminated array of C strings.
private final class CStrings {
  let pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) { pointers = strings.map { strdup($0) } + [nil] }

  deinit { pointers.forEach { free($0) } }
}
