import CommandLanguage
import Datasets
import PlainText
import Sessions

extension ShellContext {
  /// What a run was made from and is no longer what it was, in words; nil if all is.
  func staleness(of name: String) -> String? {
    let found = session.staleness(of: name)
    guard !found.isEmpty else { return nil }
    let causes = found.map { cause in
      switch cause {
      case .data(let name): "'\(name)' now has other images"
      case .transform(let name): "'\(name)' now has another transform"
      case .tasks(let name): "'\(name)' was replaced by other tasks"
      case .network(let name): "'\(name)' now has other weights"
      }
    }
    return causes.joined(with: "and")
  }

  /// That a task sequence has classes which the data set of that name, another one by now, lacks.
  func misfitNote(_ name: String, _ tasks: Tasks) -> String? {
    guard case .data(let data)? = session[tasks.data] else { return nil }
    let count = data.classNames.count
    let gone = tasks.sequence.tasks.flatMap(\.self).filter { $0 >= count }.sorted()
    guard let first = gone.first else { return nil }
    return "\(name) does not fit '\(tasks.data)', which has no class \(first): "
      + "'tasks \(tasks.data) … replace=on as \(name)' makes it again"
  }

  /// A line for every run among `names` that is stale.
  func staleNotes(_ names: [String]) -> [String] {
    names.compactMap { name in
      staleness(of: name).map { "\(name) is stale: since it began, \($0)" }
    }
  }
}
