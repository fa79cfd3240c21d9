/// Arguments without a name: `net`.
extension Binding {
  /// Gives the words, worked out.
  mutating func bindWords() throws(LanguageError) -> [Operand] {
    var words: [Operand] = []
    var open = command.positionals[...]
    let rest = command.places.rest
    // Where any words may stand, those of other tools may too.
    let takesAnyWords = rest.map { [.words, .path].contains($0.shape) } ?? false
    var rested: [Operand] = []
    for word in given where word.key == nil {
      if !takesAnyWords, let mark = word.value.plainWord,
        let hint = registry.hint(for: mark, at: .argument)
      {
        throw error(.habit(mark, .argument, hint: hint), at: word.span)
      }
      let operand = try evaluate(word.value)
      words.append(operand)
      if operand.isLater {
        // It may be any of the parameters.
        guard let parameter = open.first ?? rest else { throw surplus(operand) }
        arguments.later.insert(parameter.name)
        arguments.spans[parameter.name] = operand.span
        open = open.dropFirst()
      } else if !open.isEmpty {
        open = open.dropFirst(try bindWord(operand, to: open) + 1)
      } else if rest != nil {
        rested.append(operand)
      } else {
        throw surplus(operand)
      }
    }
    guard let rest, let first = rested.first else { return words }
    arguments.values[rest.name] = rested
    arguments.spans[rest.name] = rested.dropFirst().reduce(first.span) { $0.joined(to: $1.span) }
    return words
  }

  /// Takes the first open parameter that fits, past optional ones that do not; gives its index.
  private mutating func bindWord(
    _ operand: Operand, to open: ArraySlice<any AnyParameter>
  ) throws(LanguageError) -> Int {
    var firstProblem: LanguageError?
    for (index, parameter) in open.enumerated() {
      do {
        arguments.values[parameter.name] = try parameter.read(operand, directory)
        arguments.spans[parameter.name] = operand.span
        return index
      } catch {
        firstProblem = firstProblem ?? invalidValue(error, option: nil)
        if parameter.isRequired { break }
      }
    }
    throw firstProblem ?? surplus(operand)
  }

  /// The error of a word too many.
  private func surplus(_ operand: Operand) -> LanguageError {
    let options = options
    if let word = operand.plainText {
      if word.hasPrefix("-"),
        let option = options.first(where: { $0.name == word.drop { $0 == "-" } })
      {
        return error(.dashes(word, option: option.name), at: operand.span)
      }
      if options.contains(where: { $0.name == word && $0.shape == .condition }) {
        return error(.conditionExpected, at: operand.span)
      }
      if options.contains(where: { $0.name == word }) {
        return error(.missingValue(option: word), at: operand.span)
      }
    }
    let fitting = options.filter { $0.isRequired && isOpen($0) && accepts(operand, $0) }
    if fitting.count == 1 {
      return error(.optionWithoutName(option: fitting[0].name), at: operand.span)
    }
    // A word of one option's only: 'step kd 2 batch' means unit=batch.
    let choosing = options.filter { option in
      if case .choice = option.shape { isOpen(option) && accepts(operand, option) } else { false }
    }
    if choosing.count == 1 {
      let option = "\(choosing[0].name)=\(operand.spelling)"
      return error(.surplus(operand.spelling, suggestion: option), at: operand.span)
    }
    let suggestion =
      bracketed(operand) ?? relative(taking: operand).map { "\($0) \(operand.spelling)" }
    return error(.surplus(operand.spelling, suggestion: suggestion), at: operand.span)
  }

  /// The command with its last words as the list that they are meant for: `compare [a, b]` for
  /// `compare a b`; nil if a word too many is not of that kind.
  private func bracketed(_ operand: Operand) -> String? {
    let words = given.filter { $0.key == nil }.map { "\($0.value)" }
    let places = command.positionals
    guard let last = places.last, last.shape.isList, !places.contains(where: isOpen),
      accepts(operand, last), !words[places.count - 1].hasPrefix("[")
    else { return nil }
    let list = "[" + words[(places.count - 1)...].joined(separator: ", ") + "]"
    return ([command.verb] + words[..<(places.count - 1)] + [list]).joined(separator: " ")
  }

  /// Of the related commands, the one of nearly the same verb that takes the word which this one,
  /// without words, does not: `lesson 3` for `lessons 3`.
  private func relative(taking operand: Operand) -> String? {
    guard command.parameters.allSatisfy({ $0.place == .option }) else { return nil }
    let related = command.seeAlso.filter { verb in
      registry.command(verb)?.positionals.first.map { accepts(operand, $0) } ?? false
    }
    return Suggestion.nearest(to: command.verb, among: related)
  }
}
