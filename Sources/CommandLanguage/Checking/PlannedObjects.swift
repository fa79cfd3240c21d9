/// A session's objects together with those that earlier statements of a script will have made.
struct PlannedObjects: ObjectDirectory {
  let live: any ObjectDirectory
  var planned: [String: ObjectKind] = [:]
  /// Results of wrong commands that might have been several objects, `kd-1`, `kd-2`, ….
  var uncertain: Set<String> = []
  /// After a command whose results have unknown names, any name may be right.
  var isOpen = false
  var knownFunctions: FunctionLibrary

  init(live: any ObjectDirectory) {
    self.live = live
    knownFunctions = live.knownFunctions
  }

  var objectFunctions: [ObjectFunction] { live.objectFunctions }

  func isFunction(_ name: String) -> Bool {
    knownFunctions[name] != nil
      || isOpen && Function.named(name) == nil
        && !objectFunctions.contains { $0.name == name }
  }

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
    planned[name] == nil
      ? live.members(of: name) : planned.keys.filter { $0.hasPrefix(name + "-") }.sorted()
  }

  func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind? {
    live.kind(ofPart: mark, in: kind)
  }

  func parts(_ noun: String, of name: String) -> [String] {
    planned[name] == nil ? live.parts(noun, of: name) : []
  }
}
