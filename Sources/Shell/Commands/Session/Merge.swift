import CommandLanguage
import Datasets
import Foundation
import Learning
import PlainText
import Sessions

extension Command<ShellContext> {
  static var merge: ShellCommand {
    let files = Parameter.words("files", "Session files, or folders of session files.")
    return ShellCommand(
      "merge", "Adds the objects of other session files to this session.", category: .session,
      effect: .changes, parameters: [files], bringsObjects: true, touches: [.keepsImages],
      examples: [
        Example("merge jobs", "All session files of the folder jobs."),
        Example("merge a.waymark b.waymark", "Two files."),
      ], seeAlso: ["restore session", "compare", "save session"],
      discussion: """
        Objects that are alike are taken once. Runs of one name that differ in nothing but their \
        seed become runs of several seeds, which 'compare' shows as mean ± deviation; other \
        objects whose names are taken get a number behind it. What a long experiment computed in \
        independent jobs comes together this way (scripts/sweep).
        """
    ) { context, arguments in
      let paths = try sessionFiles(arguments[files].map(\.spelling))
      var session = context.session
      var loaded: [DataSource: DataSet] = [:]
      var output = CommandOutput()
      var known = 0
      for path in paths {
        let (other, report) = try SessionFile.restore(from: path) { source in
          if let data = loaded[source] { return data }
          let data = try context.loadSaved(source)
          loaded[source] = data
          return data
        }
        context.safety.heldRuns.add(other)
        for object in session.merge(other) {
          if object.isKnown {
            known += 1
          } else if object.here != object.name {
            output.notes.append("\(object.name) of \(path) is \(object.here)")
          }
        }
        output.notes += report.notes.map { "\(path): \($0.message)" }
      }
      let added = session.names.count - context.session.names.count
      context.session = session
      output.lines = [
        "merged \(counted(paths.count, "file")): \(counted(added, "object")) added, "
          + "\(grouped(known)) here already"
      ]
      output.lines += session.groups.map { "\($0): \(session.runs(of: $0).joined(separator: " "))" }
      return output
    }
  }
}

/// The files themselves, and those in folders, in the order of their names.
private func sessionFiles(_ paths: [String]) throws -> [String] {
  guard !paths.isEmpty else { throw FileProblem.noneNamed }
  let files = try paths.flatMap { path -> [String] in
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [path] }
    return try FileManager.default.contentsOfDirectory(atPath: path).filter {
      $0.hasSuffix("." + SessionFile.pathExtension)
    }.sorted().map { path + "/" + $0 }
  }
  guard !files.isEmpty else { throw FileProblem.noSessions(folder: paths[0]) }
  return files
}
