extension Predictions {
  /// By what mistakes are sorted.
  public enum MistakeOrder: String, CaseIterable, Sendable {
    /// The answers that the model is surest of first.
    case confidence
    /// The largest distance from the true class's score to the answer's first.
    case margin
    /// The least probable true class first; classes that the model has no output for come last.
    case loss
  }

  /// The wrong answers.
  ///
  /// - Parameters:
  ///   - truth: Only images of these classes.
  ///   - answer: Only images that were taken for these classes.
  /// - Returns: Positions among the images, equals in their order.
  public func mistakes(
    true truth: [Int]? = nil, as answer: [Int]? = nil, by order: MistakeOrder
  ) -> [(position: Int, prediction: Prediction)] {
    let (truth, answer) = (truth.map(Set.init), answer.map(Set.init))
    func isAmong(_ label: Int?, _ classes: Set<Int>?) -> Bool {
      guard let classes else { return true }
      return label.map(classes.contains) ?? false
    }
    let all = (0..<count).map { (position: $0, prediction: self[$0]) }
    let found = all.filter {
      !$0.prediction.isRight && isAmong($0.prediction.label, truth)
        && isAmong($0.prediction.answer, answer)
    }
    func rank(_ prediction: Prediction) -> Double {
      switch order {
      case .confidence: prediction.probability
      case .margin: prediction.margin ?? -.infinity
      case .loss: prediction.loss ?? -.infinity
      }
    }
    return found.sorted { a, b in
      (rank(b.prediction), a.position) < (rank(a.prediction), b.position)
    }
  }
}

/// The answers of two models to the same images, side by side.
public struct Disagreement: Hashable, Sendable {
  /// Positions among the images.
  public let bothRight: [Int]
  public let onlyFirst: [Int]
  public let onlySecond: [Int]
  public let neither: [Int]

  /// - Parameters: Of the same images in the same order.
  public init(_ first: Predictions, _ second: Predictions) {
    precondition(first.images == second.images)
    var cells = [[Int]](repeating: [], count: 4)
    for position in 0..<first.count {
      cells[(first[position].isRight ? 0 : 2) + (second[position].isRight ? 0 : 1)].append(position)
    }
    (bothRight, onlyFirst, onlySecond, neither) = (cells[0], cells[1], cells[2], cells[3])
  }
}
