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

  /// The functions with how they are called, `area(width, height=2)`, by name.
  public var forms: [(name: String, form: String)] {
    entries.sorted { $0.key < $1.key }.map { ($0.key, $0.value.declaration.form) }
  }

  subscript(name: String) -> Entry? { entries[name] }

  /// A function of the same name is replaced.
  mutating func add(_ declaration: FunctionDeclaration, from source: Source) {
    entries[declaration.name.value] = Entry(declaration: declaration, source: source)
  }
}
