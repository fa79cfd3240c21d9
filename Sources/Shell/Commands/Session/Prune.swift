import CommandLanguage
import Learning
import Sessions

extension Command<ShellContext> {
  static var prune: ShellCommand {
    let run = Parameter.optionalPositional("run", .object(.run, .runs), "The run (default: all).")
    let keep = Parameter.optional(
      "keep", .integer(0...1_000_000), "How many of the last checkpoints to keep.")
    return ShellCommand(
      "prune", "Forgets checkpoints within tasks, and says what that frees.", category: .session,
      effect: .destroys, searchWords: ["gc"], parameters: [run, keep],
      examples: [
        Example("prune kd", "Ends of tasks stay."),
        Example("prune keep=1", "The last of each run."),
      ], seeAlso: ["checkpoints", "drop"],
      discussion: """
        Where a run stands stays a checkpoint. A session file holds only what is still reached \
        when it is saved.
        """
    ) { context, arguments in
      let names =
        arguments[run].map { context.members(of: $0).map(\.name) }
        ?? context.session.names(of: .run)
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
