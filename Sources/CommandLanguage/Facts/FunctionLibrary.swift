/// The functions that scripts of a session declared.
public struct FunctionLibrary: Sendable {
  /// A function, with the text that it stands in.
  public struct Entry: Sendable {
    let declaration: FunctionDeclaration
    let source: Source
  }

  /// How deep functions may call each other.
  static let depthLimit = 50

  private(set) var entries: [String: Entry] = [:]

  public init() {}

  var isEmpty: Bool { entries.isEmpty }

  subscript(name: String) -> Entry? { entries[name] }

  /// A function of the same name is replaced.
  mutating func add(_ declaration: FunctionDeclaration, from source: Source) {
    entries[declaration.name.value] = Entry(declaration: declaration, source: source)
  }
}
