public import Datasets
import Foundation
import Learning

extension Model {
  /// What a program that runs the network must know besides its weights, by key: which class each
  /// output stands for, and what pixels go through. Lists are JSON: flat where each output stands
  /// for one class, else a list for each output.
  ///
  /// - Parameter data: The one whose classes and images the model knows.
  public func facts(_ data: DataSet) -> [String: String] {
    let classes = OutputOrder(tasks).classes(ofOutputs: writtenOutputs)
    let names = classes.map { $0.map { data.classNames[$0] } }
    var facts = ["waymark.pixels": "divided by 255"]
    if classes.allSatisfy({ $0.count == 1 }) {
      facts["waymark.class_numbers"] = Self.json(classes.flatMap(\.self))
      facts["waymark.class_names"] = Self.json(names.flatMap(\.self))
    } else {
      facts["waymark.class_numbers"] = Self.json(classes)
      facts["waymark.class_names"] = Self.json(names)
    }
    for (key, value) in prepared(data).transform.loggedOfEvaluation {
      facts["waymark." + key] = value.text
    }
    return facts
  }

  private static func json(_ list: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(list)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }
}
