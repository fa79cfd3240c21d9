/// The functions that scripts of a session declared.
public struct FunctionLibrary: Sendable {
  /// A function, with the text that it stands in.
  struct Entry: Sendable {
    let declaration: FunctionDeclaration
    let source: Source
  }

  /// How deep functions may call each other.
  static let depthLimit = 50

  private var entries: [String: Entry] = [:]

  public init() {}

  var isEmpty: Bool { entries.isEmpty }

  subscript(name: String) -> Entry? { entries[name] }

  /// A function of the same name is replaced.
  mutating func add(_ declaration: FunctionDeclaration, from source: Source) {
    entries[declaration.name.value] = Entry(declaration: declaration, source: source)
  }

  /// What is known of them before a script is checked.
  public var declarations: [String: FunctionDeclaration] { entries.mapValues(\.declaration) }
}
