import GnuplotBridge
internal import System

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
      FileStatus(path)?.isRegular == true && access(path, X_OK) == 0
    }
  }

  /// In a process group of its own, so that Ctrl-C does not reach it, with default signals, a UTF-8
  /// locale with dots in numbers, and nothing of the user's gnuplot settings.
  ///
  /// - Returns: 0, or an errno value.
  static func spawn(
    _ pid: inout pid_t, _ path: String, _ environment: [String: String], _ standard: [CInt]
  ) -> Int32 {
    var values = environment
    for name in values.keys where name.hasPrefix("GNUPLOT") || name.hasPrefix("LC_") {
      values[name] = nil
    }
    values["GNUTERM"] = nil
    values["LC_ALL"] = "C.UTF-8"
    var program = ChildProgram(
      path, arguments: [path, "--default-settings"], environment: values)
    program.streams = Dictionary(
      uniqueKeysWithValues: standard.enumerated().map { (Int32($0.offset), $0.element) })
    program.hasOwnGroup = true
    return program.start(&pid)
  }
}
