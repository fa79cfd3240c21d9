public import Datasets
internal import Learning

/// Everything that is live: data sets, task sequences, networks and runs by name, and settings.
public struct Session: Sendable {
  /// The objects in the order in which they were made.
  public private(set) var names: [String] = []
  private var objects: [String: Object] = [:]
  /// Counts changes, by object: what differs between two sessions of one line was changed.
  private var revisions: [String: Int] = [:]
  /// Grows with every change of an object.
  public private(set) var revision = 0
  public var settings = Settings()
  /// The successful commands, in order.
  public var journal: [JournalEntry] = []
  /// The data sets whose images a session file carries.
  public var embedded: Set<String> = []
  /// The runs that were ever made, and the common names of those of several seeds, in order: what
  /// has a place here looks the same in all figures.
  public private(set) var runsEverMade: [String] = []
  /// What computes: kernels and BLAS, as `status` names them.
  public var machine: String?

  public init() {}

  public subscript(name: String) -> Object? { objects[name] }

  /// Adds an object, or puts it in the place of one with the same name.
  public mutating func set(_ name: String, to object: Object) {
    if objects.updateValue(object, forKey: name) == nil { names.append(name) }
    if case .run(let run) = object { count(run.group ?? name) }
    revision += 1
    revisions[name] = revision
  }

  /// The objects that were made or changed since the session was `earlier`, in the session's order.
  public func changes(since earlier: Session) -> [String] {
    names.filter { revisions[$0] != earlier.revisions[$0] }
  }

  @discardableResult
  public mutating func remove(_ name: String) -> Object? {
    names.removeAll { $0 == name }
    revision += 1
    revisions[name] = nil
    embedded.remove(name)
    return objects.removeValue(forKey: name)
  }

  private mutating func count(_ name: String) {
    if !runsEverMade.contains(name) { runsEverMade.append(name) }
  }

  /// Takes up the order of a session that was saved; what is not in it follows.
  mutating func restore(runsEverMade saved: some Sequence<String>) {
    let present = runsEverMade
    runsEverMade = []
    for name in saved { count(name) }
    for name in present { count(name) }
  }

  /// The runs of several seeds that have `group` as their common name, in the order in which they
  /// were made.
  public func runs(of group: String) -> [String] {
    runs.filter { $0.run.group == group }.map(\.name)
  }

  /// What one of several runs with a common name is called: `kd-7` with the seed 7.
  public static func memberName(_ group: String, seed: Int) -> String {
    "\(group)-\(UInt64(bitPattern: Int64(seed)))"
  }

  /// The common names of runs of several seeds, in the order in which they were made.
  public var groups: [String] {
    var groups: [String] = []
    for case let group? in runs.map(\.run.group) where !groups.contains(group) {
      groups.append(group)
    }
    return groups
  }

  /// In the order in which they were made.
  var runs: [(name: String, run: RunOnData)] {
    names.compactMap { name in
      if case .run(let run)? = self[name] { (name, run) } else { nil }
    }
  }

  /// Puts `data` in the place of a data set that was missing or changed when the session was
  /// restored, with the transform that was saved.
  ///
  /// - Throws: `RelinkError` unless it is the same data.
  public mutating func relink(_ name: String, to data: DataSet) throws(RelinkError) {
    guard case .unavailable(let missing)? = self[name] else { throw .notUnavailable(name: name) }
    guard let restored = missing.reference.restored(data) else {
      throw .otherData(name: name, expected: missing.reference.digest, found: data.digest)
    }
    set(name, to: .data(restored))
  }

  /// Why an object, which may come from a file, cannot belong to the data set that it names; nil if
  /// it can, or if that is not there or has other images now.
  public func misfit(of name: String) -> String? {
    let object = self[name]
    guard let used = object?.data else { return nil }
    switch (object, self[used]) {
    case (.tasks(let tasks)?, .data(let data)?):
      return tasks.sequence.misfit(classes: data.classNames.count)
    case (.tasks(let tasks)?, .unavailable(let data)?):
      return tasks.sequence.misfit(classes: data.reference.classNames.count)
    case (.run(let object)?, .data(let data)?) where object.run.setup.dataDigest == data.digest:
      let states = [object.run] + object.checkpoints.states
      return states.lazy.compactMap { $0.misfit(with: data) }.first
    default: return nil
    }
  }
}

extension TaskSequence {
  fileprivate func misfit(classes count: Int) -> String? {
    tasks.joined().allSatisfy((0..<count).contains)
      ? nil : "there is a class in it that the data set does not have"
  }
}

/// Why a data set cannot take the place of a missing one.
public enum RelinkError: Error, Hashable, Sendable {
  /// There is no such object, or nothing is wrong with it.
  case notUnavailable(name: String)
  /// Digests of the data set that was saved and of the one offered.
  case otherData(name: String, expected: String, found: String)
}

/// What `set` changes.
public struct Settings: Codable, Hashable, Sendable {
  public var seed = 0
  /// nil: as many as the machine has cores.
  public var threads: Int?
  public var plots = PicturePlace.auto
  /// `auto`, `bar`, `lines` or `off`.
  public var progress = "auto"
  /// What pictures are made for: `screen`, `paper` or `slides`; nil for what their size says.
  public var style: String?

  public init() {}
}

/// Where pictures are shown, and how.
public enum PicturePlace: String, CaseIterable, Codable, Hashable, Sendable {
  /// In the terminal, as it can.
  case auto
  /// On the desktop.
  case window
  case kitty
  case sixel
  case text
  /// Tables in their place.
  case off

  /// A word that is not known, such as one of a later program, is `auto`.
  public init(from decoder: any Decoder) throws {
    self = Self(rawValue: try decoder.singleValueContainer().decode(String.self)) ?? .auto
  }
}
