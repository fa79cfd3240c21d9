import Synchronization

/// What an option decides in a strategy is what differs between two fresh ones. Strategies need not
/// take part in it: they are compared as they would be saved.
extension AnyStrategy {
  /// The same strategy with what differs between two fresh ones. Only what is still as it was when
  /// the strategy was made is replaced, so nothing that was learned changes.
  ///
  /// - Returns: nil if what it has learned has taken the place of what would change.
  func changed(from before: AnyStrategy, to after: AnyStrategy) -> AnyStrategy? {
    let shelf = Shelf()
    guard let now = try? shelf.state(of: self), let before = try? shelf.state(of: before),
      let after = try? shelf.state(of: after), let changed = State.merged(now, before, after)
    else { return nil }
    return try? shelf.strategy(of: changed)
  }

  /// Whether whatever options decide in the strategy, which may come from a file, is as these make it.
  func isMade(by options: OptionValues) -> Bool {
    let fresh = AnyStrategy(type(of: base).init(options))
    guard let now = try? Shelf().state(of: self), let made = try? fresh.made(options) else {
      return false
    }
    return made.varied.allSatisfy { State.agrees(now, made.fresh, $0) }
  }

  /// A fresh strategy, and those that differ from it, one for every option with another value.
  private struct Made {
    var fresh: State
    var varied: [State]
  }

  /// Taken apart once for all runs with the same options.
  private static let known = Mutex<[AnyStrategy: Made]>([:])

  private func made(_ options: OptionValues) throws -> Made {
    if let made = Self.known.withLock({ $0[self] }) { return made }
    let type = type(of: base)
    let fresh = try Shelf().state(of: self)
    let varied = try type.options.map { option in
      var other = options
      other.change([option.name: option.other(than: options.values[option.name])])
      return try Shelf().state(of: AnyStrategy(type.init(other)))
    }
    let made = Made(fresh: fresh, varied: varied.filter { $0 != fresh })
    Self.known.withLock { $0[self] = made }
    return made
  }
}

extension StrategyOption {
  /// Some value but this one.
  fileprivate func other(than value: OptionValue?) -> OptionValue {
    let values: [OptionValue] =
      switch kind {
      case .integer(_, let range): [.integer(range.lowerBound), .integer(range.upperBound)]
      case .real(_, let range):
        [.real(range.lowerBound), .real((range.lowerBound + range.upperBound) / 2)]
      case .flag: [.flag(false), .flag(true)]
      case .choice(_, let words): words.map { .choice($0) }
      }
    return values.first { $0 != value } ?? standard
  }
}
