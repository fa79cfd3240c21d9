import Datasets
import Networks
import Tensors

/// The nearest-mean-of-exemplars classifier (Rebuffi et al. 2017, algorithm 1): an image belongs to
/// the class whose mean feature is nearest, features and means being of length 1.
struct NearestMean: Codable, Hashable, Sendable {
  /// [classes, d], rows of length 1; zeros for a class without exemplars.
  let means: Block
  let classes: Int

  /// - Parameter features: For every class, in the order in which they were met, those of its
  ///   exemplars, [n, d]; n may be 0.
  init(_ features: [Tensor] = []) {
    let width = features.map { $0.shape[1] }.max() ?? 0
    classes = features.count
    means = Block(
      features.flatMap { features -> [Float] in
        var mean = [Float](repeating: 0, count: width)
        for (index, value) in features.normalizedRows().elements.enumerated() {
          mean[index % width] += value
        }
        return Tensor([1, width], mean).normalizedRows().elements
      })
  }

  /// How near an image is to the classes, for every output, [N, outputs].
  func scores(_ features: Tensor, for experience: Experience) -> Tensor {
    experience.outputScores(classScores(features, for: experience))
  }

  /// cos(φ(x), μ) for every class, −∞ where it has no mean; [N, classes]. Of vectors of length 1 the
  /// nearest is that of the largest cosine. While a task is under way there may be no means that fit
  /// the features; all scores are −∞ then.
  private func classScores(_ features: Tensor, for experience: Experience) -> Tensor {
    let rows = features.normalizedRows()
    let width = classes == 0 ? 0 : means.count / classes
    guard rows.shape[1] == width else {
      let shape = [rows.shape[0], experience.classes.count]
      return Tensor(shape, [Float](repeating: -.infinity, count: shape[0] * shape[1]))
    }
    var scores = LinearMap(weights: means, bias: Block(zeros: classes))
      .outputs(rows, on: experience.device)
    for label in 0..<classes {
      guard means.elements[label * width..<(label + 1) * width].allSatisfy({ $0 == 0 }) else {
        continue
      }
      for row in 0..<scores.shape[0] { scores.elements[row * classes + label] = -.infinity }
    }
    return scores
  }

  /// Whether there are means of `classes` classes, or none yet.
  func isPlausible(classes limit: Int, width: Int) -> Bool {
    (0...limit).contains(classes) && means.count == classes * width
  }
}

extension Experience {
  /// Scores for every class so far as scores for every output: the same unless outputs are shared,
  /// then the largest of the classes that share one.
  ///
  /// - Parameter scores: [N, classes so far], in the order in which they were met.
  func outputScores(_ scores: Tensor) -> Tensor {
    guard tasks.scenario == .domainIncremental else { return scores }
    let (classes, outputs) = (scores.shape[1], self.outputs)
    let targets = OutputOrder(tasksSoFar).outputs(of: self.classes)
    var shared = Tensor(
      [scores.shape[0], outputs],
      [Float](repeating: -.infinity, count: scores.shape[0] * outputs))
    for row in 0..<scores.shape[0] {
      for label in 0..<classes {
        let place = row * outputs + targets[label]
        shared.elements[place] = max(shared.elements[place], scores.elements[row * classes + label])
      }
    }
    return shared
  }
}
