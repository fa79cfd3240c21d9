/// What commands work on: a session, with a directory of its live objects.
public protocol CommandContext: ObjectDirectory {
  /// What a command gives back: tables, pictures, text.
  associatedtype Output

  /// Whether a command has ended the session, so that no other statement runs.
  var ends: Bool { get }

  /// The functions that scripts declared.
  var functions: FunctionLibrary { get set }

  /// How many `try` are around the statement under way.
  var tries: Int { get set }

  /// Puts an error that a body threw into words; a `Failure` never comes here.
  func describe(_ error: any Error) -> Failure
}

extension CommandContext {
  public var ends: Bool { false }

  public var tries: Int {
    get { 0 }
    set {}
  }

  public var knownFunctions: FunctionLibrary { functions }

  public func describe(_ error: any Error) -> Failure { Failure(String(describing: error)) }
}

/// One shell command. Parsing, checking, help, completion, suggestions and the tests of its
/// examples all read this value.
///
/// A class, because every statement that is carried out holds its command: the copy is one word.
public final class Command<Context: CommandContext>: Sendable {
  /// One or two words: `pretrain`, `load gtsrb`.
  public let verb: String
  /// One sentence.
  public let summary: String
  public let category: CommandCategory
  /// What other tools call it: `fit`, `imshow`.
  public let searchWords: [String]
  public let parameters: [any AnyParameter]
  let places: ParameterPlaces
  /// The words of the verb, one or two.
  let words: [Substring]
  /// Options that follow from what the command does: `replace=` if it makes an object, `format=` if
  /// it writes.
  let universalOptions: [any AnyParameter]
  /// Those and the ones that it declares itself.
  let ownOptions: [any AnyParameter]
  public let options: DependentOptions?
  /// What `key=value` pairs mean, for a command that takes any.
  public let pairs: String?
  /// The kind of object that the command makes, which `as NAME` names.
  public let result: ObjectKind?
  /// Whether it makes that object only when `as` names one, and else changes what it is given.
  public let resultIsOptional: Bool
  /// The forms that `> FILE` writes, by ending: `csv`, `json`; empty when there is no output.
  public let formats: [String]
  /// What it does to the session.
  public let effect: Effect
  /// Makes objects whose names are known only when it ran, as `restore session` does.
  public let bringsObjects: Bool
  let naming: (@Sendable (Arguments, any ObjectDirectory) -> [String: ObjectKind]?)?
  /// The seed that the session has from then on; nil if it stays.
  let seeding: (@Sendable (Arguments) -> UInt64?)?
  /// The positional parameter that names the result where `as` does not.
  let namedBy: String?
  /// The columns of the table that it makes with these arguments; nil where only its run tells.
  let columns: (@Sendable (Arguments) -> [String]?)?
  /// The parameter with the table whose columns the `key=value` pairs name.
  let pairsOf: String?
  /// Whether the second word of the verb may be left out before what the first parameter takes:
  /// `plot results` for `plot table results`.
  let isImplied: Bool
  /// What it does outside the session's memory.
  public let touches: Set<Touch>
  public let repetition: Repetition
  public let examples: [Example]
  public let seeAlso: [String]
  /// More than the summary: paragraphs for `help VERB`.
  public let discussion: String
  public let run: @Sendable (inout Context, Arguments) throws -> Context.Output

  /// - Parameters:
  ///   - naming: The objects that the command makes with these arguments, where they are not just the
  ///     one that `as` names; nil if they are.
  ///   - seeding: The seed that it gives the session; nil if none.
  public init(
    _ verb: String, _ summary: String, category: CommandCategory, effect: Effect,
    searchWords: [String] = [], isImplied: Bool = false,
    parameters: [any AnyParameter] = [], options: DependentOptions? = nil, pairs: String? = nil,
    pairsOf: String? = nil, result: ObjectKind? = nil, resultIsOptional: Bool = false,
    namedBy: String? = nil, formats: [String] = [], bringsObjects: Bool = false,
    touches: Set<Touch> = [], repetition: Repetition = .always,
    examples: [Example], seeAlso: [String] = [],
    discussion: String = "",
    naming: (@Sendable (Arguments, any ObjectDirectory) -> [String: ObjectKind]?)? = nil,
    seeding: (@Sendable (Arguments) -> UInt64?)? = nil,
    columns: (@Sendable (Arguments) -> [String]?)? = nil,
    run: @escaping @Sendable (inout Context, Arguments) throws -> Context.Output
  ) {
    self.verb = verb
    words = verb.split(separator: " ")
    universalOptions = Self.universalOptions(makes: result != nil, formats)
    self.summary = summary
    self.category = category
    self.searchWords = searchWords
    self.parameters = parameters
    places = ParameterPlaces(parameters)
    ownOptions = places.options + universalOptions
    self.options = options
    self.pairs = pairs
    self.result = result
    self.resultIsOptional = resultIsOptional
    self.formats = formats
    self.effect = effect
    self.bringsObjects = bringsObjects
    self.touches = touches.union(formats.isEmpty ? [] : [.writesOutput])
      .union(formats.contains("png") ? [.draws] : [])
    self.repetition = repetition
    self.examples = examples
    self.seeAlso = seeAlso
    self.discussion = discussion
    self.naming = naming
    self.namedBy = namedBy
    self.columns = columns
    self.pairsOf = pairsOf
    self.isImplied = isImplied
    self.seeding = seeding
    self.run = run
  }
}

/// What a command does to the session: reports, the journal and abbreviations go by it.
public enum Effect: Hashable, Sendable {
  /// Shows objects and changes nothing: it can be carried out again at any time.
  case looks
  /// Prints what it was given, and nothing else.
  case says
  /// Changes objects or settings, or writes what outlives the session.
  case changes
  /// Destroys something, so that its verb is never abbreviated.
  case destroys
  /// Is no part of what was done with the session, such as help: the journal does not keep it.
  case leaves
}

/// What a command does outside the session's memory.
public enum Touch: CaseIterable, Hashable, Sendable {
  /// `> FILE`; follows from the forms of a command's output.
  case writesOutput
  /// Writes a file or a folder that one of its parameters names.
  case writesNamed
  /// Writes the logs that others began.
  case writesLogs
  /// Keeps decoded images for the next time.
  case keepsImages
  /// Removes a copy of a session.
  case removesCopies
  /// Draws pictures by another program; follows from the forms of a command's output too.
  case draws
  /// Carries out a line of the system's shell.
  case startsShell
}

/// Whether a script made of the commands that were carried out repeats a command.
public enum Repetition: Hashable, Sendable {
  case always
  /// It looks back at the session rather than going on with it.
  case never
  /// Only with this option.
  case ifGiven(String)
  /// Its statements are carried out one by one, and repeated in its place.
  case byStatements
}

/// A line of a command's help that runs as a test.
public struct Example: Hashable, Sendable {
  public let line: String
  /// What one sees, in one sentence.
  public let shows: String
  /// The first lines that it prints; nil where that is not told.
  public internal(set) var prints: [String]?

  public init(_ line: String, _ shows: String) {
    self.line = line
    self.shows = shows
  }
}

/// A heading of the overview that `help` prints.
public struct CommandCategory: Hashable, Sendable {
  public let title: String
  /// Its place among the headings.
  public let order: Int

  public init(_ title: String, order: Int) {
    self.title = title
    self.order = order
  }
}
