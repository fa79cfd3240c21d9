/// A session's objects together with those that earlier statements of a script will have made.
struct PlannedObjects: ObjectDirectory {
  let live: any ObjectDirectory
  var planned: [String: ObjectKind] = [:]
  /// Results of wrong commands that might have been several objects, `kd-1`, `kd-2`, ….
  var uncertain: Set<String> = []
  /// Of the tables among them, as far as they are known before anything runs.
  var columns: [String: [String]] = [:]
  /// After a command whose results have unknown names, any name may be right.
  var isOpen = false
  /// nil where only the run of the script tells.
  var seed: UInt64?
  var knownFunctions: FunctionLibrary

  init(live: any ObjectDirectory) {
    self.live = live
    seed = live.seed
    knownFunctions = live.knownFunctions
  }

  var objectFunctions: [ObjectFunction] { live.objectFunctions }

  func isFunction(_ name: String) -> Bool {
    knownFunctions[name] != nil
      || isOpen && Function.named(name) == nil
        && !objectFunctions.contains { $0.name == name }
  }

  func standsForItself(_ name: String) -> Bool { live.standsForItself(name) }

  func kind(of name: String) -> ObjectKind? {
    if let kind = planned[name] { return kind }
    if let dash = name.lastIndex(of: "-"), uncertain.contains(String(name[..<dash])) {
      return .unknown
    }
    let split = ObjectReference.split(name)
    if split < name.endIndex, let base = planned[String(name[..<split])] {
      return base == .unknown ? base : live.kind(ofPart: name[split], in: base)
    }
    return live.kind(of: name)
  }

  func names(of kind: ObjectKind) -> [String] {
    (live.names(of: kind) + planned.filter { $0.value == kind }.keys).sorted()
  }

  var names: [String] { Set(live.names).union(planned.keys).sorted() }

  func members(of name: String) -> [String] {
    guard planned[name] != nil else { return live.members(of: name) }
    func number(_ member: String) -> UInt64? { UInt64(member.dropFirst(name.count + 1)) }
    return planned.keys.filter { $0.hasPrefix(name + "-") && number($0) != nil }
      .sorted { number($0) ?? 0 < number($1) ?? 0 }
  }

  func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind? {
    live.kind(ofPart: mark, in: kind)
  }

  func parts(_ noun: String, of name: String) -> [String] {
    if noun == ValueShape.column, let columns = columns[name] { return columns }
    return planned[name] == nil ? live.parts(noun, of: name) : []
  }
}
