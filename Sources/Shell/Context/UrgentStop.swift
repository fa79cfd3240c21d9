/// Whether a command that is better finished shall stop: at the first Ctrl-C it says that another
/// one within two seconds would stop it.
struct UrgentStop {
  private let isInterrupted: @Sendable () -> Bool
  private let isUrgent: @Sendable () -> Bool
  private var hasSaidSo = false

  init(_ context: ShellContext) {
    isInterrupted = context.training.isInterrupted
    isUrgent = context.training.isUrgent
  }

  mutating func isWanted(_ bar: inout ProgressBar, during work: String) -> Bool {
    if isUrgent() { return true }
    if isInterrupted(), !hasSaidSo {
      hasSaidSo = true
      bar.print("finishing \(work) first; press Ctrl-C twice within 2 s to stop now")
    }
    return false
  }
}
