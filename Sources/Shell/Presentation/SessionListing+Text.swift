import Sessions

extension SessionListing {
  /// The names of the objects, and how far the runs are.
  var contents: String {
    items.map { item in
      item.run.map { "\(item.name) \($0.tasksDone)/\($0.tasks)" } ?? item.name
    }.joined(separator: ", ")
  }
}
