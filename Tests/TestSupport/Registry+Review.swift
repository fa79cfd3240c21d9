public import CommandLanguage

extension Registry {
  /// What is wrong with the declarations themselves, one sentence each; declarations have none.
  ///
  /// Every example is parsed and checked after `preparation`, a script that makes the objects that
  /// examples name.
  public func review(
    preparation: String = "", in directory: some ObjectDirectory
  ) -> [String] {
    var problems: [String] = []
    var verbs: Set<String> = []
    let searchWords = commands.flatMap(\.searchWords)
    for command in commands {
      func complain(_ text: String) { problems.append("\(command.verb): \(text)") }
      if !verbs.insert(command.verb).inserted { complain("declared twice") }
      let words = command.verb.split(separator: " ")
      if !(1...2).contains(words.count) { complain("a verb has one or two words") }
      if !command.summary.hasSuffix(".") { complain("the summary is not a sentence") }
      for word in command.searchWords {
        if self.command(word) != nil { complain("'\(word)' is a command of its own") }
        if searchWords.count(where: { $0 == word }) > 1 {
          complain("'\(word)' stands for several commands")
        }
      }
      for verb in command.seeAlso where !topics.contains(verb) {
        complain("see also '\(verb)', which is unknown")
      }
      if command.options != nil, command.dependentTopics.isEmpty {
        complain("its options depend on no choice")
      }
      problems += review(command.parameters, of: command)
      for topic in command.dependentTopics {
        problems += review(command.parameters + topic.options, of: command)
      }
      problems += examples(of: command, preparation, directory)
    }
    var seen: Set<String> = []
    return problems.filter { seen.insert($0).inserted }
  }

  private func review(
    _ parameters: [any AnyParameter], of command: Command<Context>
  ) -> [String] {
    var problems: [String] = []
    var names: Set<String> = []
    for parameter in parameters {
      let place = "\(command.verb): parameter '\(parameter.name)'"
      if !names.insert(parameter.name).inserted { problems.append("\(place) is declared twice") }
      if !parameter.help.hasSuffix(".") { problems.append("\(place) has no sentence of help") }
      if parameter.name.wholeMatch(of: /[A-Za-z0-9_-]+/) == nil {
        problems.append("\(place) has a name that cannot be written")
      }
    }
    return problems
  }

  private func examples(
    of command: Command<Context>, _ preparation: String, _ directory: some ObjectDirectory
  ) -> [String] {
    if command.examples.isEmpty { return ["\(command.verb): no example"] }
    var problems: [String] = []
    for example in command.examples {
      let place = "\(command.verb): example '\(example.line)'"
      if !example.shows.hasSuffix(".") {
        problems.append("\(place) does not say what it shows")
      }
      let script = Script(preparation + "\n" + example.line, name: "example")
      for error in check(script, in: directory) {
        problems.append("\(place): \(error.wording.message)")
      }
      let lines = Script(example.line, name: "example").statements
      let isOwn = lines.contains { statement in
        guard case .command(let line) = statement else { return false }
        return isExample(line, of: command)
      }
      if !isOwn { problems.append("\(place) is another command's") }
    }
    return problems
  }

  private func isExample(_ line: CommandStatement, of command: Command<Context>) -> Bool {
    let words = [line.verb.value] + [line.secondWord].compactMap(\.self)
    let verb = words.joined(separator: " ")
    // Before an object the second word may be left out: 'plot results' is a 'plot table'.
    let isImplied =
      self.command(verb) == nil && command.verb.hasPrefix(line.verb.value + " ")
    return verb == command.verb || line.verb.value == command.verb || isImplied
      || command.verb == objectVerb && self.command(line.verb.value) == nil
  }
}
