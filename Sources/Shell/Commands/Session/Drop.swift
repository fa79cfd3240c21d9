import CommandLanguage
import Learning
import PlainText
import Sessions

extension Command<ShellContext> {
  static var drop: ShellCommand {
    let object = Parameter.positional("object", .anyObject, "The object, or a checkpoint: kd@4.")
    return ShellCommand(
      "drop", "Forgets an object or a checkpoint, and says what that frees.", category: .session,
      effect: .destroys, searchWords: ["rm", "del"], parameters: [object],
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
        if let current = context.workspace.currentRun, members.contains(current) {
          context.workspace.currentRun = nil
        }
        return context.freed(members, since: before)
      }
      guard context.session[name] != nil else { throw SessionProblem.partOfAnObject(name: name) }
      let users = context.session.names.filter { user in
        switch context.session[user] {
        case .tasks(let tasks)?: tasks.data == name
        case .run(let run)?: run.data == name && !run.run.isFinished
        default: false
        }
      }
      context.session.remove(name)
      if context.workspace.currentRun == name { context.workspace.currentRun = nil }
      var output = context.freed([name], since: before)
      if !users.isEmpty {
        output.notes = [
          "'\(name)' is gone, but \(users.joined(with: "and")) still "
            + "\(users.count == 1 ? "uses" : "use") it"
        ]
      }
      return output
    }
  }
}
