import Foundation

/// The program's own outputs.
enum StandardStreams {
  /// Writes to standard output.
  ///
  /// When its reader went away, as `head` does, the program ends as any filter does: by SIGPIPE.
  static func show(_ text: String) throws {
    do throws(TextFile.Failure) {
      try TextFile.write(text, to: 1, named: "standard output")
    } catch {
      if error.code == EPIPE {
        signal(SIGPIPE, SIG_DFL)
        raise(SIGPIPE)
      }
      throw error
    }
  }

  /// Writes to standard error; where that cannot be written to, nobody is there to be told.
  static func tell(_ text: String) {
    try? TextFile.write(text, to: 2, named: "standard error")
  }
}
