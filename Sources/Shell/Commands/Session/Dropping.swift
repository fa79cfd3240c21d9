import CommandLanguage
import Learning
import Sentences
import Sessions

private struct FreedRecord: Encodable {
  var dropped: [String]
  var bytes: Int
}

extension Command<ShellContext> {
  static var drop: ShellCommand {
    let object = Parameter.positional("object", .anyObject, "The object, or a checkpoint: kd@4.")
    return ShellCommand(
      "drop", "Forgets an object or a checkpoint, and says what that frees.", category: .session,
      searchWords: ["rm", "del"], parameters: [object], isDestructive: true,
      examples: [
        Example("drop few", "It is gone; other objects stay."),
        Example("drop kd@0", "One checkpoint less."),
      ], seeAlso: ["objects", "prune"]
    ) { context, arguments in
      let reference = arguments[object]
      let name = reference.name
      let before = context.session.footprint
      if reference.part != nil, case .run(var run)? = context.session[reference.base] {
        let (_, state) = try context.checkpoint(reference)
        run.checkpoints.remove(state.place)
        context.session.set(reference.base, to: .run(run))
        return context.freed([name], since: before)
      }
      if reference.kind == .runs {
        let members = context.session.runs(of: name)
        for member in members { context.session.remove(member) }
        if let current = context.currentRun, members.contains(current) { context.currentRun = nil }
        return context.freed(members, since: before)
      }
      guard context.session[name] != nil else {
        throw arguments.failure(at: object, "'\(name)' is a part of an object; drop the whole")
      }
      let users = context.session.names.filter { user in
        switch context.session[user] {
        case .tasks(let tasks)?: tasks.data == name
        case .run(let run)?: run.data == name && !run.run.isFinished
        default: false
        }
      }
      context.session.remove(name)
      if context.currentRun == name { context.currentRun = nil }
      var output = context.freed([name], since: before)
      if !users.isEmpty {
        output.notes = ["still named by \(users.joined(with: "and"))"]
      }
      return output
    }
  }

  static var prune: ShellCommand {
    let run = Parameter.optionalPositional("run", .object(.run), "Which run; else all.")
    let keep = Parameter.optional(
      "keep", .integer(0...1_000_000), "Only the last so many, ends of tasks or not.")
    return ShellCommand(
      "prune", "Forgets checkpoints within tasks, and says what that frees.", category: .session,
      searchWords: ["gc"], parameters: [run, keep], isDestructive: true,
      examples: [
        Example("prune kd", "Ends of tasks stay."),
        Example("prune keep=1", "The last of each run."),
      ],
      seeAlso: ["checkpoints", "drop"],
      discussion: """
        Where a run stands stays a checkpoint. A session file holds only what is still reached \
        when it is saved.
        """
    ) { context, arguments in
      let names = arguments[run].map { [$0.name] } ?? context.session.names(of: .run)
      let before = context.session.footprint
      var dropped: [String] = []
      for name in names {
        var object = try context.run(name)
        let kept = arguments[keep].map { Set(object.checkpoints.places.suffix($0)) }
        for state in object.checkpoints.states where state.place != object.run.place {
          guard kept.map({ !$0.contains(state.place) }) ?? !state.isBetweenTasks else { continue }
          object.checkpoints.remove(state.place)
          dropped.append("\(name)\(state.place)")
        }
        context.session.set(name, to: .run(object))
      }
      return context.freed(dropped, since: before)
    }
  }
}

extension ShellContext {
  /// - Parameter before: The session's footprint when all were there.
  fileprivate func freed(_ names: [String], since before: Int) -> CommandOutput {
    let bytes = before - session.footprint
    let what = names.isEmpty ? "nothing to drop" : "dropped \(names.joined(with: "and"))"
    return CommandOutput(
      names.isEmpty ? what : "\(what): \(sizeText(bytes)) freed",
      record: FreedRecord(dropped: names, bytes: bytes))
  }
}

/// `362 KB`, `1.2 MB`.
func sizeText(_ bytes: Int) -> String {
  switch bytes {
  case ..<1000: "\(bytes) bytes"
  case ..<1_000_000: "\(grouped(Int((Double(bytes) / 1000).rounded()))) KB"
  default: "\(fixed(Double(bytes) / 1_000_000, 1)) MB"
  }
}
