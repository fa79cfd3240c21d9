import CommandLanguage
import Datasets
import PlainText
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
      let files = try context.loadData(source.root)
      let data = try source.data(from: files)
      try context.session.relink(name, to: data)
      let others = context.relinkRelatives(of: missing, files, at: arguments[path])
      return context.told(
        name,
        notes: ShellContext.notes(of: data)
          + (others.isEmpty
            ? []
            : [
              "\(others.map { "'\($0)'" }.joined(with: "and")), "
                + "\(others.count == 1 ? "which is" : "which are") made of the same files, "
                + "\(others.count == 1 ? "is" : "are") back too"
            ]))
    }
  }
}

extension ShellContext {
  /// Brings back the other missing data sets that are made of the files which were found: what was
  /// selected of them, or what they were selected from.
  ///
  /// - Returns: Their names.
  fileprivate mutating func relinkRelatives(
    of missing: UnavailableData, _ files: DataSet, at path: String
  ) -> [String] {
    let root = missing.reference.source.root
    return session.names.filter { name in
      guard case .unavailable(let other)? = session[name], other.reference.source.root == root,
        let data = try? other.reference.source.moved(to: path).data(from: files)
      else { return false }
      return (try? session.relink(name, to: data)) != nil
    }
  }
}
