import CommandLanguage
import Datasets

/// `sort=` of lists of classes.
enum ClassSorting: String, CaseIterable, Sendable {
  case label = "class"
  case name
  case count

  /// - Parameter split: Whose images are counted.
  func order(by split: DataSet.Split = .train) -> ClassCount.Order {
    switch self {
    case .label: .label
    case .name: .name
    case .count: split == .train ? .train : .test
    }
  }
}

extension Parameter where Value == DataSet.Split {
  static func split(default standard: DataSet.Split) -> Self {
    .option(
      "split", .choice(of: DataSet.Split.self), default: standard, "The split to take images from.")
  }

  /// Of commands that look at the images themselves, by numbers.
  static var numberedSplit: Self {
    .option(
      "split", .choice(of: DataSet.Split.self), default: .train,
      "The split that the numbers count in; those of 'show mistakes' are test images.")
  }
}
