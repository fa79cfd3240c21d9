import CommandLanguage
import Experiments
import Sessions

extension Command<ShellContext> {
  static var digest: ShellCommand {
    let object = Parameter.positional("object", .anyObject, "The object.")
    return ShellCommand(
      "digest", "Prints SHA-256 over an object's numbers: equal bits, equal digest.",
      category: .session, effect: .looks, searchWords: ["sha256"], parameters: [object],
      formats: ["json", "txt", "html"],
      examples: [Example("digest net", "The same on every run with the same seed.")],
      seeAlso: ["save session"]
    ) { context, arguments in
      try context.forEach(arguments[object]) { context, member in
        let reference = member ?? arguments[object]
        let name = reference.name
        if reference.kind == .checkpoint { _ = try context.checkpoint(reference) }
        guard let text = context.session.digest(of: name) else {
          throw SessionProblem.noNumbers(name: name)
        }
        let record: ResultRecord = ["name": name, "digest": text]
        return CommandOutput("\(text)  \(name)", record: record)
      }
    }
  }
}
