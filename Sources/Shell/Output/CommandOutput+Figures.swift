import Foundation
import Sessions

extension CommandOutput {
  /// What `step` says of its batches.
  static let trainedKey = "trained"

  /// Keys of numbers that differ from time to time or from machine to machine: places on a map too,
  /// since t-SNE makes much of the last digit; and of those that follow from the other figures and
  /// that older journals do not have.
  private static let unsteady: Set<String> = [
    "seconds", "time", "threads", "vector_bits", "size", "bytes", "center", "spread", trainedKey,
  ]

  /// The numbers of the result that other programs read, by their place in it, without times.
  func figures(of verb: String) -> [JournalEntry.Figure] {
    guard record != nil || table != nil, let text = try? json(of: verb),
      let value = try? JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
    else { return [] }
    var figures: [JournalEntry.Figure] = []
    value.visit("") { name, number in
      // `groups[0].seconds.mean` is a time too.
      let keys = name.split(separator: ".").map { String($0.prefix { $0 != "[" }) }
      // What was asked for is not a result.
      if Self.unsteady.isDisjoint(with: keys), !name.contains("options.") {
        figures.append(.init(name: name, value: number))
      }
    }
    return figures
  }
}

/// A JSON text, of which numbers count.
private enum JSONTree: Decodable {
  case number(Double)
  case list([JSONTree])
  case fields([String: JSONTree])
  case other

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else if let fields = try? value.decode([String: JSONTree].self) {
      self = .fields(fields)
    } else {
      self = .other
    }
  }

  /// Numbers with their places: `runs[0].by_task[2]`.
  func visit(_ name: String, _ body: (String, Double) -> Void) {
    switch self {
    case .number(let number): body(name, number)
    case .list(let list):
      for (index, value) in list.enumerated() { value.visit("\(name)[\(index)]", body) }
    case .fields(let fields):
      for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
        value.visit(name.isEmpty ? key : "\(name).\(key)", body)
      }
    case .other: break
    }
  }
}
