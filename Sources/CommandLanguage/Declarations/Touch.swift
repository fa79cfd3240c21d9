/// What a command does outside the session's memory.
public enum Touch: CaseIterable, Hashable, Sendable {
  /// `> FILE`; follows from the forms of a command's output.
  case writesOutput
  /// Writes a file or a folder that one of its parameters names.
  case writesNamed
  /// Writes the logs that others began.
  case writesLogs
  /// Keeps decoded images for the next time.
  case keepsImages
  /// Removes a copy of a session.
  case removesCopies
  /// Draws pictures by another program; follows from the forms of a command's output too.
  case draws
  /// Carries out a line of the system's shell.
  case startsShell
}
