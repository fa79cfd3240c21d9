/// A kind of object that lives in a session, such as a data set or a run.
///
/// Its word is what errors say ("a network") and what names are made of (`run1`).
public struct ObjectKind: Hashable, Sendable, CustomStringConvertible {
  /// One lower-case word: `run`.
  public let word: String
  /// With article, for errors: "a run".
  public let phrase: String
  /// The command that makes one, or its first word if several do: `define model`, `load`.
  public let maker: String?

  public init(_ word: String, _ phrase: String, madeBy maker: String? = nil) {
    self.word = word
    self.phrase = phrase
    self.maker = maker
  }

  public static func == (a: Self, b: Self) -> Bool { a.word == b.word }

  public func hash(into hasher: inout Hasher) { hasher.combine(word) }

  public var description: String { word }

  /// What a wrong statement of a script would have made: fits wherever an object is expected.
  static let unknown = ObjectKind("object", "an object")
}

/// What is live in a session, as far as checking and completion need to know it.
public protocol ObjectDirectory {
  /// The kind of a live object or of a part of one: `T`, `T.1`, `kd@4`; nil when there is none.
  func kind(of name: String) -> ObjectKind?

  /// The names of all live objects of a kind, sorted, parts such as `T.1` included.
  func names(of kind: ObjectKind) -> [String]

  /// The names of all live objects, sorted, without parts.
  var names: [String] { get }

  /// The objects that go by a common name: `kd-0` and `kd-1` of `kd`.
  func members(of name: String) -> [String]

  /// The session's random seed, which commands have that are given none; nil if it is not known.
  var seed: UInt64? { get }

  /// The kind that parts written with `.` or `@` have, for scripts that are checked before their
  /// objects exist: `T.1` is a task when `T` is a task sequence.
  func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind?

  /// The parts of an object that go by a noun, such as the layers of a network, in their order.
  func parts(_ noun: String, of name: String) -> [String]

  /// Whether a name that is not there may be right all the same.
  var isOpen: Bool { get }

  /// The functions of scripts that are known before a script is checked.
  var knownFunctions: FunctionLibrary { get }

  /// Functions of objects, such as `accuracy(kd)`.
  var objectFunctions: [ObjectFunction] { get }

  /// What such a function gives; nil while nothing runs.
  ///
  /// - Throws: A `Failure` if it has no value.
  func value(of call: ObjectCall, at span: Span) throws -> Value?

  /// Whether a script that is being checked has a function of this name, or may have.
  func isFunction(_ name: String) -> Bool

  /// Whether `name( … )` is a value as it stands, as a layer is.
  func standsForItself(_ name: String) -> Bool
}

public struct NoObjects: ObjectDirectory {
  public init() {}
  public func kind(of name: String) -> ObjectKind? { nil }
  public func names(of kind: ObjectKind) -> [String] { [] }
  public var names: [String] { [] }
}

/// The name of a live object, or of a part of one, that was looked up.
public struct ObjectReference: Hashable, Sendable {
  /// As written: `T`, `T.1`, `kd@4`.
  public let name: String
  public let kind: ObjectKind
  public let span: Span

  public init(name: String, kind: ObjectKind, span: Span) {
    self.name = name
    self.kind = kind
    self.span = span
  }

  /// The name before `.` or `@`: `T`.
  public var base: String { String(name[..<Self.split(name)]) }

  /// What follows the mark: `1` of `T.1`, `4` of `kd@4`; nil for a whole object.
  public var part: String? {
    let index = Self.split(name)
    return index == name.endIndex ? nil : String(name[name.index(after: index)...])
  }

  static func split(_ name: String) -> String.Index {
    name.firstIndex { $0 == "." || $0 == "@" } ?? name.endIndex
  }
}

extension ObjectDirectory {
  public func kind(ofPart mark: Character, in kind: ObjectKind) -> ObjectKind? { nil }

  public func members(of name: String) -> [String] { [] }

  public var seed: UInt64? { nil }

  public func parts(_ noun: String, of name: String) -> [String] { [] }

  public var isOpen: Bool { false }

  public var knownFunctions: FunctionLibrary { FunctionLibrary() }

  public var objectFunctions: [ObjectFunction] { [] }

  public func value(of call: ObjectCall, at span: Span) throws -> Value? { nil }

  public func isFunction(_ name: String) -> Bool { false }

  public func standsForItself(_ name: String) -> Bool { name.first?.isLetter ?? false }

  /// `run1`, `run2`, …: the first that is free.
  public func freeName(for kind: ObjectKind) -> String {
    var number = 1
    while self.kind(of: "\(kind.word)\(number)") != nil { number += 1 }
    return "\(kind.word)\(number)"
  }
}
