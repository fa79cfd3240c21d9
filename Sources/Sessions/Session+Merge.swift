internal import Datasets
internal import Learning
internal import Networks

/// Puts what was computed apart into one session.
extension Session {
  /// What merging did with an object of the other session.
  public struct Merged: Hashable, Sendable {
    /// As the other session has it.
    public var name: String
    /// As this session has it.
    public var here: String
    /// Whether an equal object was here already.
    public var isKnown: Bool
  }

  /// Adds the objects of another session, whose settings and journal are left aside.
  ///
  /// An object equal to a live one of the same name, or of that name with a number behind it, is that
  /// one. Runs of the same name, strategy, options and images become runs of several seeds under that
  /// name. Anything else whose name is taken gets a number behind it.
  public mutating func merge(_ other: Session) -> [Merged] {
    var merged: [Merged] = []
    /// The names that data sets of the other session have here.
    var data: [String: String] = [:]
    for name in other.names {
      guard let object = other[name] else { continue }
      let added = add(object.withData(renamed: data), name)
      merged.append(added)
      if added.here != name { data[name] = added.here }
    }
    return merged
  }

  private mutating func add(_ object: Object, _ name: String) -> Merged {
    if case .run(let run) = object { return add(run, name) }
    if self[name] != nil {
      if let equal = numbered(name).first(where: { self[$0]?.isSame(as: object) == true }) {
        return Merged(name: name, here: equal, isKnown: true)
      }
      let free = freeName(name)
      set(free, to: object)
      return Merged(name: name, here: free, isKnown: false)
    }
    set(name, to: object)
    return Merged(name: name, here: name, isKnown: false)
  }

  private mutating func add(_ run: RunOnData, _ name: String) -> Merged {
    let group = run.group ?? name
    let members = runs(of: group)
    let rivals = members.isEmpty ? [group].filter { self[$0] != nil } : members
    for rival in rivals where self[rival]?.isSame(as: .run(run)) == true {
      return Merged(name: name, here: rival, isKnown: true)
    }
    guard self[name] != nil || !members.isEmpty else {
      set(name, to: .run(run))
      return Merged(name: name, here: name, isKnown: false)
    }
    var run = run
    if !rivals.isEmpty, rivals.allSatisfy({ self[$0]?.isRepetition(of: run) == true }) {
      if members.isEmpty { makeGroup(of: group) }
      run.group = group
      let here = freeName(group)
      set(here, to: .run(run))
      return Merged(name: name, here: here, isKnown: false)
    }
    run.group = nil
    let here = self[name] == nil ? name : freeName(name)
    set(here, to: .run(run))
    return Merged(name: name, here: here, isKnown: false)
  }

  /// Makes the run of this name the first of several.
  private mutating func makeGroup(of name: String) {
    guard case .run(var run)? = remove(name) else { return }
    run.group = name
    set(freeName(name), to: .run(run))
  }

  /// The live names that merging may have given to objects of this name.
  private func numbered(_ name: String) -> [String] {
    names.filter { other in
      guard other != name else { return true }
      guard other.hasPrefix(name + "-") else { return false }
      return other.dropFirst(name.count + 1).allSatisfy { ("0"..."9").contains($0) }
    }
  }

  /// The name with the first number behind it that is free.
  private func freeName(_ name: String) -> String {
    var number = 1
    while self["\(name)-\(number)"] != nil { number += 1 }
    return "\(name)-\(number)"
  }
}

extension Object {
  /// The same object with the new names of data sets.
  fileprivate func withData(renamed names: [String: String]) -> Object {
    switch self {
    case .tasks(var tasks):
      tasks.data = names[tasks.data] ?? tasks.data
      return .tasks(tasks)
    case .run(var run):
      run.data = names[run.data] ?? run.data
      return .run(run)
    case .data, .network, .unavailable, .unknown: return self
    }
  }

  /// Whether nothing would be lost by keeping one of the two.
  fileprivate func isSame(as other: Object) -> Bool {
    switch (self, other) {
    case (.data(let a), .data(let b)):
      a.digest == b.digest && a.classNames == b.classNames && a.transform == b.transform
    case (.data(let a), .unavailable(let b)): b.reference.restored(a) != nil
    case (.tasks(let a), .tasks(let b)): a == b
    case (.network(let a), .network(let b)): a == b
    case (.run(let a), .run(let b)): a.run == b.run && a.data == b.data
    case (.unavailable(let a), .unavailable(let b)): a.reference.digest == b.reference.digest
    case (.unknown(let a), .unknown(let b)): a == b
    default: false
    }
  }

  /// Whether a run differs from this one in nothing that was asked for but seed and class order.
  fileprivate func isRepetition(of other: RunOnData) -> Bool {
    guard case .run(let run) = self else { return false }
    let (a, b) = (run.run.setup, other.run.setup)
    return a.strategy == b.strategy && a.options == b.options && a.dataDigest == b.dataDigest
      && a.transform == b.transform && a.seed != b.seed && run.data == other.data
  }
}
