/// States of one run that can be gone back to, in the order in which the run comes to them.
///
/// A run always takes the same way: its steps follow from its setup. So its states lie on one line,
/// a place on it is a name that lasts, and going back forgets nothing of what lies ahead.
public struct Checkpoints: Hashable, Sendable {
  /// A place on a run's line: `@2` is the end of task 2, `@2.57` lies 57 training steps further.
  public struct Place: Codable, Hashable, Sendable {
    /// Tasks that are done.
    public var task: Int
    /// Training steps taken since.
    public var steps: Int

    public init(task: Int, steps: Int = 0) {
      self.task = task
      self.steps = steps
    }
  }

  /// No two at the same place.
  public private(set) var states: [Run] = []
  /// Stops within a task that are kept; beyond them the earliest goes. Ends of tasks all stay, unless
  /// they hold too many sums.
  public static let stopLimit = 20
  /// Bytes of sums over images that all states may hold together; beyond them the earliest that holds
  /// any goes.
  public static let sumLimit = 400 << 20

  public init() {}

  /// - Returns: nil unless the states are of one run, in order.
  init?(_ states: [Run]) {
    guard
      zip(states, states.dropFirst()).allSatisfy({ $0.place < $1.place && $0.setup == $1.setup })
    else { return nil }
    self.states = states
  }

  public var places: [Place] { states.map(\.place) }

  public subscript(place: Place) -> Run? { states.first { $0.place == place } }

  /// The state that lies `count` checkpoints before a place, or nil.
  public func state(_ count: Int, before place: Place) -> Run? {
    let earlier = states.prefix { $0.place < place }
    return count > 0 && count <= earlier.count ? earlier[earlier.count - count] : nil
  }

  /// Keeps a state. At the same place the end of a task counts more than the beginning of the next,
  /// and the later of two stops more than the earlier.
  public mutating func keep(_ state: Run, sumLimit: Int = Self.sumLimit) {
    let place = state.place
    defer { thinSums(to: sumLimit, except: place) }
    let index = states.firstIndex { $0.place >= place } ?? states.endIndex
    guard index < states.endIndex, states[index].place == place else {
      states.insert(state, at: index)
      return thin(except: place)
    }
    let old = states[index]
    if old == state || old.isBetweenTasks && !state.isBetweenTasks { return }
    // The same step with another outcome, as on another processor: what followed the old one does
    // not follow this.
    if old.position == state.position, old.phase == state.phase {
      states.removeSubrange((index + 1)...)
    }
    states[index] = state
  }

  public mutating func remove(_ place: Place) { states.removeAll { $0.place == place } }

  private mutating func thin(except place: Place) {
    let stops = states.indices.filter { !states[$0].isBetweenTasks }
    guard stops.count > Self.stopLimit,
      let first = stops.first(where: { states[$0].place != place })
    else { return }
    states.remove(at: first)
  }

  private mutating func thinSums(to limit: Int, except place: Place) {
    var held = states.map(\.strategy.base.sumBytes)
    while held.reduce(0, +) > limit,
      let first = states.indices.first(where: { held[$0] > 0 && states[$0].place != place })
    {
      states.remove(at: first)
      held.remove(at: first)
    }
  }
}

extension Run {
  /// Where the run stands on its line.
  public var place: Checkpoints.Place {
    // A file may say anything; what it says is checked after it was put in order.
    Checkpoints.Place(task: tasksDone, steps: history.steps &- history.stepsBeforeTask)
  }

  /// Whether the next step begins a task, or all are done.
  public var isBetweenTasks: Bool { phase == .beginTask || phase == .finished }
}

extension Checkpoints.Place: Comparable {
  public static func < (a: Self, b: Self) -> Bool { (a.task, a.steps) < (b.task, b.steps) }
}

extension Checkpoints.Place: LosslessStringConvertible {
  /// `@2` or `@2.57`.
  public var description: String { steps == 0 ? "@\(task)" : "@\(task).\(steps)" }

  /// Reads `@2`, `2`, `@2.57` or `2.57`.
  public init?(_ text: String) {
    let digits = text.hasPrefix("@") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.allSatisfy { $0.isASCII && $0.isWholeNumber } ? Int(part) : nil
    }
    guard numbers.count == parts.count, (1...2).contains(numbers.count) else { return nil }
    self.init(task: numbers[0], steps: numbers.count == 2 ? numbers[1] : 0)
  }
}
