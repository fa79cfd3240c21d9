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
  /// An object equal to a live one of the same name, or of that name with something behind it, is that
  /// one. Runs of the same name that differ in nothing but their seed become runs of several seeds;
  /// those that differ in options become such by themselves, under the name with these options
  /// behind it: `kd-lr0_01`. Anything else whose name is taken gets a number behind it.
  public mutating func merge(_ other: Session) -> [Merged] {
    var merged: [Merged] = []
    /// The names that objects of the other session have here, where they are others.
    var renamed: [String: String] = [:]
    // What others name comes first.
    let ordered: [String] = (0...2).flatMap { order in
      other.names.filter { other[$0]?.mergingOrder == order }
    }
    for name in ordered {
      guard let object = other[name]?.naming(renamed) else { continue }
      let (here, isKnown) =
        if case .run(let run) = object { add(run, name) } else { add(object, name) }
      merged.append(Merged(name: name, here: here, isKnown: isKnown))
      if here != name { renamed[name] = here }
    }
    return merged
  }

  private mutating func add(_ object: Object, _ name: String) -> (here: String, isKnown: Bool) {
    let isTaken = self[name] != nil
    // The live names that merging may have given to objects of this name.
    let rivals = isTaken ? names.filter { $0 == name || isNumbered($0, name) } : []
    if let equal = rivals.first(where: { self[$0]?.isSame(as: object) == true }) {
      return (equal, true)
    }
    let here = isTaken ? freeName(name) : name
    set(here, to: object)
    return (here, false)
  }

  private mutating func add(_ run: RunOnData, _ name: String) -> (here: String, isKnown: Bool) {
    let base = run.group ?? name
    let first = experiments { $0 == base }.first?.runs.first.flatMap { self[$0] }
    let named = first.flatMap { nameWithOptions(of: run, unlike: $0, base) }
    let experiments = experiments { $0 == base || $0 == named || isNumbered($0, base) }
    for rival in experiments.flatMap(\.runs)
    where self[rival]?.isSame(as: .run(run)) == true {
      return (rival, true)
    }
    var run = run
    let same = experiments.first { experiment in
      experiment.runs.allSatisfy { self[$0]?.isRepetition(of: run) == true }
    }
    var here = name
    if let same {
      if self[same.name] != nil { makeGroup(of: same.name) }
      run.group = same.name
      here = freeName(same.name, ofSeed: run.run.setup.seed)
    } else if let named, self[named] == nil, runs(of: named).isEmpty {
      here = run.group == nil ? named : freeName(named, ofSeed: run.run.setup.seed)
      run.group = run.group.map { _ in named }
    } else {
      if !experiments.isEmpty { run.group = nil }
      if self[here] != nil || !runs(of: here).isEmpty { here = freeName(name) }
    }
    set(here, to: .run(run))
    return (here, false)
  }

  /// The runs by themselves, and those of several seeds, whose names or common names are wanted.
  private func experiments(
    where isWanted: (String) -> Bool
  ) -> [(name: String, runs: [String])] {
    var found: [(name: String, runs: [String])] = []
    for (name, run) in runs {
      let experiment = run.group ?? name
      guard isWanted(experiment) else { continue }
      if let index = found.firstIndex(where: { $0.name == experiment }) {
        found[index].runs.append(name)
      } else {
        found.append((experiment, [name]))
      }
    }
    return found
  }

  /// `kd-lr0_01`: the name with the options in which a run is unlike another of the same strategy;
  /// nil if there are none, or it would be too long.
  private func nameWithOptions(of run: RunOnData, unlike other: Object, _ base: String) -> String? {
    guard case .run(let other) = other else { return nil }
    let (mine, others) = (run.run.setup, other.run.setup)
    guard mine.strategy == others.strategy else { return nil }
    let words = mine.options.values.filter { others.options.values[$0.key] != $0.value }
      .sorted { $0.key < $1.key }
      .map { "\($0.key)\($0.value.spelling.replacing(".", with: "_").replacing("+", with: ""))" }
    let name = ([base] + words).joined(separator: "-")
    return words.isEmpty || name.utf8.count > 80 ? nil : name
  }

  /// Makes the run of this name the first of several.
  private mutating func makeGroup(of name: String) {
    guard case .run(var run)? = remove(name) else { return }
    run.group = name
    set(freeName(name, ofSeed: run.run.setup.seed), to: .run(run))
  }

  /// Whether a name is another with a number behind it.
  private func isNumbered(_ name: String, _ base: String) -> Bool {
    name.hasPrefix(base + "-")
      && name.dropFirst(base.count + 1).allSatisfy { ("0"..."9").contains($0) }
  }

  /// The name with the seed behind it, or with a number if that is taken.
  private func freeName(_ name: String, ofSeed seed: Int) -> String {
    let member = Self.memberName(name, seed: seed)
    return self[member] == nil ? member : freeName(name)
  }

  /// The name with the first number behind it that is free.
  private func freeName(_ name: String) -> String {
    var number = 1
    while self["\(name)-\(number)"] != nil { number += 1 }
    return "\(name)-\(number)"
  }
}

extension Object {
  /// Images first, then what is made of them, then runs.
  fileprivate var mergingOrder: Int {
    switch self {
    case .data, .unavailable: 0
    case .tasks, .network, .table, .unknown: 1
    case .run: 2
    }
  }

  /// The same object, calling others by their new names.
  fileprivate func naming(_ names: [String: String]) -> Object {
    switch self {
    case .tasks(var tasks):
      tasks.data = names[tasks.data] ?? tasks.data
      return .tasks(tasks)
    case .run(var run):
      run.data = names[run.data] ?? run.data
      if let origin = run.origin {
        run.origin?.network = names[origin.network] ?? origin.network
        // `T.1` is a part of `T`.
        let (base, part) = (origin.tasks.prefix { $0 != "." }, origin.tasks.drop { $0 != "." })
        run.origin?.tasks = (names[String(base)] ?? String(base)) + part
      }
      return .run(run)
    case .data, .network, .table, .unavailable, .unknown: return self
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
    case (.table(let a), .table(let b)): a == b
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
    // Equal images after equal transforms are equal inputs.
    let (mine, others) = (run.run.network.architecture, other.run.network.architecture)
    return a.strategy == b.strategy && a.options == b.options && a.dataDigest == b.dataDigest
      && a.transform == b.transform && a.seed != b.seed && run.data == other.data
      && mine.layers == others.layers && a.tasks.scenario == b.tasks.scenario
      && a.tasks.hasAllOutputs == b.tasks.hasAllOutputs
      && a.tasks.tasks.map(\.count) == b.tasks.tasks.map(\.count)
  }
}
