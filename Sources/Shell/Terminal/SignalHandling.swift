import Foundation

/// Handlers and masks of signals.
enum SignalHandling {
  typealias Handler = @convention(c) (Int32) -> Void

  /// - Parameters:
  ///   - former: Where what the signal did before is kept.
  ///   - flags: With 0, a read that waits ends with EINTR.
  ///   - unlessIgnored: Whether a signal that is ignored stays so.
  static func install(
    _ signal: Int32, keeping former: UnsafeMutablePointer<sigaction>? = nil, flags: Int32 = 0,
    unlessIgnored: Bool = false, _ handler: @escaping Handler
  ) {
    var action = sigaction()
    sigaction(signal, nil, &action)
    former?.pointee = action
    let isIgnored =
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
    if unlessIgnored, isIgnored { return }
    action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigemptyset(&action.sa_mask)
    action.sa_flags = flags
    sigaction(signal, &action, nil)
  }

  /// Blocks signals in this thread or lets them through; gives the mask of before. Not for signal
  /// handlers, since an array takes memory.
  @discardableResult
  static func mask(_ change: Int32, _ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    var before = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(change, &set, &before)
    return before
  }
}
