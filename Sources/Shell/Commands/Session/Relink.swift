import CommandLanguage
import Datasets
import Sessions

extension Command<ShellContext> {
  static var relink: ShellCommand {
    let object = Parameter.positional(
      "data", .object(.unavailable), "A data set that could not be loaded.")
    let path = Parameter.required("path", .path, "Where its files are now.")
    return ShellCommand(
      "relink", "Says where the files of a restored data set are now.", category: .session,
      effect: .changes, parameters: [object, path], touches: [.keepsImages], repetition: .never,
      examples: [Example("relink lost path=~/photos", "The same images, found elsewhere.")],
      seeAlso: ["restore session"]
    ) { context, arguments in
      let name = arguments[object].name
      guard case .unavailable(let missing)? = context.session[name] else { return .nothing }
      let source = missing.reference.source.moved(to: arguments[path])
      let data = try context.loadData(source)
      try context.session.relink(name, to: data)
      return context.told(name, notes: ShellContext.notes(of: data))
    }
  }
}
