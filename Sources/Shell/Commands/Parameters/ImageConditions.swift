import CommandLanguage
import Datasets
import Inspection
import PlainText
import Sessions

/// The conditions of `select`, each an option that is checked and completed as any other.
enum ImageConditions {
  static let split = Parameter.optional(
    "split", .choice(of: DataSet.Split.self), "Of this split.")
  static let classes = Parameter.optional(
    "class", .classes, "Of these classes: 13, Stop, 0..7 or [13, 14].")
  static let train = Parameter.optional(
    "train", ValueKind.integers(0...Int.max), "Training images of these numbers, and no test image."
  )
  static let test = Parameter.optional(
    "test", ValueKind.integers(0...Int.max), "Test images of these numbers, and no training image.")
  static let brightness = Parameter.optional(
    "brightness", .span(within: 0...255), "Mean of the luma, from 0, black, to 255, white.",
    searchWords: ["darkness", "luma"])
  static let contrast = Parameter.optional(
    "contrast", .span(within: 0...127.5), "Standard deviation of the luma.")
  static let sharpness = Parameter.optional(
    "sharpness", .span(within: 0...300_000),
    "Variance of the luma's Laplacian: low where an image is blurred; from 5 to 40,000 in GTSRB.",
    searchWords: ["blur"])
  static let size = Parameter.optional(
    "size", .span(within: 1...16_384), "Shorter side of the image in its file, in pixels.")
  static let track = Parameter.optional(
    "track", .list(of: .text),
    "Of these tracks, by class and number: 24/3, Stop/0 or [24/3, 24/4].")
  static let wrong = Parameter.optional(
    "wrong", .object(.run, .checkpoint, .network), "What this model takes for another class.",
    searchWords: ["mistakes"])
  static let right = Parameter.optional(
    "right", .object(.run, .checkpoint, .network), "What this model classifies right.")

  static let all: [any AnyParameter] = [
    classes, split, train, test, brightness, contrast, sharpness, size, track, wrong, right,
  ]
}

/// One condition, as it was given.
struct ImageCondition {
  enum Kind {
    /// Known of an image before anything is computed.
    case plain(@Sendable (_ image: Int, _ split: DataSet.Split) -> Bool)
    case measure(@Sendable (ImageMeasures) -> Double?, RealRange)
    case answer(ObjectReference, isRight: Bool)
  }

  var kind: Kind
  /// Whether images are wanted that do not meet it.
  var isNegated = false
  /// As it was written.
  var text: String

  /// The word before the sign.
  var name: String { String(text.prefix { $0 != "=" }.split(separator: " ").last ?? "") }

  /// Conditions on what is known come first, those that a model has to answer last.
  var order: Int {
    switch kind {
    case .plain: 0
    case .measure: 1
    case .answer: 2
    }
  }
}

extension ImageConditions {
  /// The conditions that were given, each with a `not` that stands before it.
  ///
  /// - Parameter words: What stands besides the options: `and`, `not`.
  static func read(
    _ words: [Operand], of data: DataSet, named name: String, _ arguments: Arguments,
    in context: ShellContext
  ) throws -> [ImageCondition] {
    enum Piece {
      case word(String)
      case condition(ImageCondition)
    }
    var pieces = words.map { (span: $0.span, piece: Piece.word($0.spelling)) }
    for parameter in all where arguments.isGiven(parameter) {
      let span = arguments.span(of: parameter.name)
      let value = arguments.source.line(span.line).dropFirst(span.column - 1).prefix(span.length)
      guard let kind = try kind(parameter.name, data, name, arguments, context) else { continue }
      pieces.append(
        (span, .condition(ImageCondition(kind: kind, text: "\(parameter.name)=\(value)"))))
    }
    pieces.sort { ($0.span.line, $0.span.column) < ($1.span.line, $1.span.column) }
    var conditions: [ImageCondition] = []
    var (isNegated, open) = (false, Optional("where"))
    for (_, piece) in pieces {
      switch piece {
      case .word("and"):
        if let open { throw SelectionProblem.nothingBehind(open) }
        open = "and"
      case .word("not"):
        isNegated.toggle()
        open = "not"
      case .word(let word): throw SelectionProblem.strayWord(word, meant: meaning(of: word))
      case .condition(var condition):
        condition.isNegated = isNegated
        if isNegated { condition.text = "not " + condition.text }
        conditions.append(condition)
        (isNegated, open) = (false, nil)
      }
    }
    guard !conditions.isEmpty else { throw SelectionProblem.noCondition }
    if let open { throw SelectionProblem.nothingBehind(open) }
    return conditions
  }

  private static func tracks(
    _ names: [String], of data: DataSet, named name: String
  ) throws -> ImageCondition.Kind {
    let known = DataSet.Split.allCases.map { split in
      Dictionary(uniqueKeysWithValues: data[split].tracksByClass.map { ($0.name, $0.images) })
    }
    guard known.contains(where: { !$0.isEmpty }) else {
      throw SelectionProblem.noTracks(data: name)
    }
    // `Stop/0` is meant as `14/0` is.
    let names = names.map { name in
      guard let (word, number) = Track.parts(of: name),
        let label = Int(word) ?? data.label(named: word)
      else { return name }
      return "\(label)/\(number)"
    }
    let all = Set(known.flatMap(\.keys))
    if let unknown = names.first(where: { !all.contains($0) }) {
      throw SelectionProblem.noTrack(unknown, data: name)
    }
    let wanted = Dictionary(
      uniqueKeysWithValues: zip(DataSet.Split.allCases, known).map { split, tracks in
        (split, Set(names.flatMap { tracks[$0] ?? [] }))
      })
    return .plain { wanted[$1]?.contains($0) == true }
  }

  private static func meaning(of word: String) -> String? {
    if word == "or" { return "a list or a range stands for 'or': class=[13, 14]" }
    let name = String(word.prefix { $0 != "=" })
    if word.contains("=="), all.contains(where: { $0.name == name }) {
      return "write \(name)=\(word.drop { $0 != "=" }.dropFirst(2))"
    }
    return all.contains { $0.name == word } ? "write \(word)=…" : nil
  }

  private static func kind(
    _ name: String, _ data: DataSet, _ dataName: String, _ arguments: Arguments,
    _ context: ShellContext
  ) throws -> ImageCondition.Kind? {
    func numbers(_ parameter: Parameter<[Int]?>, _ split: DataSet.Split) throws -> Set<Int> {
      let numbers = Set(arguments[parameter] ?? [])
      if let beyond = numbers.sorted().first(where: { $0 >= data[split].count }) {
        throw ModelProblem.noImage(
          beyond, split, count: data[split].count, parameter: parameter.name)
      }
      return numbers
    }
    switch name {
    case split.name: return arguments[split].map { wanted in .plain { $1 == wanted } }
    case train.name:
      let wanted = try numbers(train, .train)
      return .plain { $1 == .train && wanted.contains($0) }
    case test.name:
      let wanted = try numbers(test, .test)
      return .plain { $1 == .test && wanted.contains($0) }
    case classes.name:
      let wanted = Set(try context.classes(arguments[classes] ?? [], of: data, at: classes))
      return .plain { wanted.contains(data[$1].labels[$0]) }
    case brightness.name: return arguments[brightness].map { .measure({ $0.brightness }, $0) }
    case contrast.name: return arguments[contrast].map { .measure({ $0.contrast }, $0) }
    case sharpness.name: return arguments[sharpness].map { .measure({ $0.sharpness }, $0) }
    case size.name:
      return arguments[size].map { range in
        .measure({ $0.size.map { Double($0.shorterSide) } }, range)
      }
    case track.name: return try tracks(arguments[track] ?? [], of: data, named: dataName)
    case wrong.name: return arguments[wrong].map { .answer($0, isRight: false) }
    case right.name: return arguments[right].map { .answer($0, isRight: true) }
    default: return nil
    }
  }
}
