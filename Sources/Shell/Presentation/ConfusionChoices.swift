/// What the cells of a confusion are.
enum ConfusionMeasure: String, CaseIterable, Sendable {
  case share
  case count

  var summary: String {
    switch self {
    case .share: "percent of the images of the true class"
    case .count: "images"
    }
  }
}

/// In which order the classes of a confusion stand.
enum ConfusionOrder: String, CaseIterable, Sendable {
  case task
  case label = "class"
  case similar

  var summary: String {
    switch self {
    case .task:
      "as they were learned, and which task's classes are answered to each task's images"
    case .label: "by number"
    case .similar: "classes that are confused stand together"
    }
  }
}
