import Sessions

extension ShellContext {
  /// What a run was made from and is no longer what it was, in words; nil if all is.
  func staleness(of name: String) -> String? {
    let found = session.staleness(of: name)
    guard !found.isEmpty else { return nil }
    let causes = found.map { cause in
      switch cause {
      case .data(let name): "'\(name)' has other images"
      case .transform(let name): "'\(name)' has another transform"
      case .tasks(let name): "'\(name)' are other tasks"
      case .network(let name): "'\(name)' has other weights"
      }
    }
    return causes.joined(separator: ", ")
  }

  /// A line for every run among `names` that is stale.
  func staleNotes(_ names: [String]) -> [String] {
    names.compactMap { name in
      staleness(of: name).map { "\(name) is stale: \($0) since it began" }
    }
  }
}
