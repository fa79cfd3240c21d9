import Datasets
import PlainText

/// Numbers of images count in one split, so they never stand without its name.
extension DataSet.Split {
  /// As people say it: `training`, `test`.
  var adjective: String { self == .train ? "training" : "test" }

  /// `test image 17`.
  func image(_ number: Int) -> String { "\(adjective) image \(number)" }

  /// `24 test images`.
  func images(_ count: Int) -> String { counted(count, "\(adjective) image") }

  var other: DataSet.Split { self == .train ? .test : .train }
}

extension Table.Column {
  /// Numbers of images of a split.
  static func image(of split: DataSet.Split) -> Table.Column {
    Table.Column("\(split.adjective) image", key: "image", short: split.adjective)
  }
}

extension DataSet {
  /// What is said where a number was given without a split, and images of both have it: 'show image'
  /// and its kin count in the training split, what models answer to is numbered in the test split.
  ///
  /// - Parameter statement: What shows the other image, without the split: `show image signs 17`.
  func numberNote(_ image: Int, _ statement: String) -> [String] {
    guard image < test.count else { return [] }
    return [
      "'show mistakes', 'predict' and 'confusion' number test images: '\(statement) split=test'"
    ]
  }
}
