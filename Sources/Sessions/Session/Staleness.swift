internal import Datasets
internal import Learning
internal import Networks
internal import Tensors

/// Something that a run was made from and that is no longer what it was.
public enum Staleness: Hashable, Sendable {
  case data(String)
  case transform(String)
  case tasks(String)
  case network(String)

  /// The object's name.
  public var name: String {
    switch self {
    case .data(let name), .transform(let name), .tasks(let name), .network(let name): name
    }
  }
}

extension Session {
  /// What was redefined since a run began; nothing for objects that are no runs.
  ///
  /// Values are compared: an object that was made again just as it was makes nothing stale, and
  /// neither does one that is gone.
  public func staleness(of name: String) -> [Staleness] {
    guard case .run(let run)? = self[name] else { return [] }
    var found: [Staleness] = []
    switch self[run.data] {
    case .data(let data)?:
      if data.digest != run.run.setup.dataDigest {
        found.append(.data(run.data))
      } else if data.transform != run.run.setup.transform {
        found.append(.transform(run.data))
      }
    case .unavailable?, nil: break
    default: found.append(.data(run.data))
    }
    guard let origin = run.origin else { return found }
    if let isSame = isSame(origin.tasks, as: origin.sequence), !isSame {
      found.append(.tasks(origin.tasks))
    }
    if let isSame = isSameNetwork(origin), !isSame { found.append(.network(origin.network)) }
    return found
  }

  /// Whether the network that a run began from, one's own or that of a run or checkpoint, is what it
  /// was; nil if there is nothing of that name.
  private func isSameNetwork(_ origin: RunOrigin) -> Bool? {
    let network: Network
    switch self[origin.network] {
    case .network(let own)?: network = own
    case .run(let object)?: network = object.run.network
    case nil:
      guard let state = checkpoint(origin.network)?.state else { return nil }
      network = state.network
    default: return false
    }
    return origin.hasFreshWeights == true
      || tensorKey(network.weights.elements) == origin.networkDigest
  }

  /// Whether a name such as `T` or `T.1` stands for these tasks; nil if it stands for nothing.
  private func isSame(_ name: String, as sequence: TaskSequence) -> Bool? {
    if case .tasks(let tasks)? = self[name] { return tasks.sequence == sequence }
    if let (tasks, position) = task(name) {
      return sequence.tasks == [tasks.sequence.tasks[position]]
    }
    return self[String(name.prefix { $0 != "." })] == nil ? nil : false
  }
}
