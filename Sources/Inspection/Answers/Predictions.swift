package import Datasets
import Foundation
import Learning
public import Metrics

/// A model's answers to some images: all scores, and what follows from them.
public struct Predictions: Sendable {
  /// Positions in the split.
  public let images: [Int]
  /// The true class of each image; nil for photographs, of which nobody knows.
  public let labels: [Int]?
  /// The classes that each output stands for: one; where tasks share outputs one of each task; none
  /// for an output that no class has yet.
  public let classes: [[Int]]
  /// [N, outputs]
  public let scores: [Float]
  private let tasks: TaskSequence
  private let order: OutputOrder
  private let taskOfClass: [Int: Int]

  /// - Parameters:
  ///   - tasks: The classes that can be answered with.
  ///   - width: Outputs.
  package init(
    images: [Int], labels: [Int]?, scores: [Float], outputs width: Int, tasks: TaskSequence
  ) {
    precondition(scores.count == images.count * width)
    self.images = images
    self.labels = labels
    self.scores = scores
    self.tasks = tasks
    order = OutputOrder(tasks)
    classes = order.classes(ofOutputs: width)
    taskOfClass = tasks.taskOfClass
  }

  public var count: Int { images.count }

  /// One image's, per output.
  public func scores(at position: Int) -> ArraySlice<Float> {
    scores[position * classes.count..<(position + 1) * classes.count]
  }

  /// The outputs that compete for an image: those of its own task where the task is told.
  private func rivals(at position: Int) -> Range<Int> {
    guard tasks.scenario == .taskIncremental, let label = labels?[position],
      taskOfClass[label] != nil
    else { return 0..<classes.count }
    return order.rivals(of: label)
  }

  /// The softmax of an image's scores over the outputs that compete, 0 for the others; [outputs].
  public func probabilities(at position: Int) -> [Double] {
    let (scores, rivals) = (Array(scores(at: position)), rivals(at: position))
    var probabilities = [Double](repeating: 0, count: scores.count)
    let largest = Double(scores[rivals].max() ?? 0)
    guard largest.isFinite else { return probabilities }
    for output in rivals { probabilities[output] = exp(Double(scores[output]) - largest) }
    let sum = probabilities.reduce(0, +)
    return probabilities.map { $0 / sum }
  }

  /// The class that an output stands for, in the image's own task where tasks share outputs; nil if it
  /// stands for none, or nobody knows which task's.
  public func label(of output: Int, at position: Int) -> Int? {
    guard classes[output].count > 1 else { return classes[output].first }
    guard let label = labels?[position], let task = taskOfClass[label] else { return nil }
    return classes[output].first { taskOfClass[$0] == task }
  }

  /// The output that stands for an image's true class; nil if the model has none, or nobody knows.
  private func trueOutput(at position: Int) -> Int? {
    guard let label = labels?[position], taskOfClass[label] != nil else { return nil }
    return order.outputs(of: [label])[0]
  }

  /// What is answered to one image.
  public subscript(position: Int) -> Prediction {
    let probabilities = probabilities(at: position)
    let scores = Array(scores(at: position))
    let rivals = rivals(at: position)
    let answer = rivals.reduce(rivals.lowerBound) { scores[$1] > scores[$0] ? $1 : $0 }
    // Where no score is a number above −∞, nothing is answered.
    guard scores[answer].isFinite else {
      return Prediction(image: images[position], label: labels?[position], probability: 0)
    }
    let truth = trueOutput(at: position)
    return Prediction(
      image: images[position], label: labels?[position],
      answer: label(of: answer, at: position), isRight: truth == answer,
      probability: probabilities[answer],
      ofTruth: truth.map { probabilities[$0] },
      loss: truth.map { loss(of: $0, scores, rivals) },
      margin: truth.map { Double(scores[answer]) - Double(scores[$0]) })
  }

  /// −log of a softmax's probability, of large differences too.
  private func loss(of output: Int, _ scores: [Float], _ rivals: Range<Int>) -> Double {
    let largest = Double(scores[rivals].max() ?? 0)
    let sum = scores[rivals].reduce(0) { $0 + exp(Double($1) - largest) }
    return log(sum) + largest - Double(scores[output])
  }

  /// The outputs of an image by probability, the most likely first, of equals the first.
  public func ranking(at position: Int) -> [(output: Int, probability: Double)] {
    let probabilities = probabilities(at: position)
    let scores = Array(scores(at: position))
    return rivals(at: position).sorted { (scores[$1], $0) < (scores[$0], $1) }
      .map { ($0, probabilities[$0]) }
  }
}

extension Predictions {
  /// What was taken for what, over the classes that can be answered with; images of other classes are
  /// left out.
  public var evaluation: Evaluation {
    let known = tasks.tasks.flatMap(\.self)
    let positions = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
    // The last column is for answers that are none of the classes.
    var confusion = known.map { _ in [Int](repeating: 0, count: known.count + 1) }
    for position in 0..<count {
      let prediction = self[position]
      guard let row = prediction.label.flatMap({ positions[$0] }) else { continue }
      confusion[row][prediction.answer.flatMap { positions[$0] } ?? known.count] += 1
    }
    return Evaluation(classes: known, confusion: confusion)
  }

  /// Probabilities with the output of each image's class, for figures that judge them; images of
  /// classes without an output are left out.
  public var judged: ClassScores {
    let known = (0..<count).compactMap { position in trueOutput(at: position).map { (position, $0) }
    }
    return ClassScores(
      known.flatMap { probabilities(at: $0.0).map { Float($0) } }, width: classes.count,
      labels: known.map(\.1))
  }
}

/// What a model answers to one image.
public struct Prediction: Hashable, Sendable {
  /// Its position in the split.
  public var image: Int
  /// The true class; nil for a photograph.
  public var label: Int?
  /// The class answered; nil if the output stands for none.
  public var answer: Int?
  /// False too where the model has no output for the true class.
  public var isRight = false
  /// Of the answer.
  public var probability: Double
  /// The true class's probability; nil without an output for it.
  public var ofTruth: Double?
  /// −log of the true class's probability.
  public var loss: Double?
  /// The answer's score above the true class's: 0 if it is right.
  public var margin: Double?
}
