import Datasets
import Randomness

/// What the exemplars of old classes are drawn from when a task is over.
enum ExemplarSource: String, CaseIterable, Codable, Hashable, Sendable, LaterChoice {
  static let before = ExemplarSource.all

  /// All of their training images, as in the notebook: the learner would have to have kept them.
  case all
  /// Those that were kept.
  case kept
}

extension OptionReader {
  mutating func exemplarSource() -> ExemplarSource {
    choice(
      "memory-from", .all,
      "what exemplars of old classes are drawn from after each task: all of their training images, "
        + "as the notebook does, or those kept so far")
  }
}

extension Memory {
  /// Draws `perClass` exemplars of every class so far, at random without repetition; all images of a
  /// class that has fewer. A new class's are of all its training images, an old one's as `source`
  /// says.
  mutating func draw(
    perClass: Int, from source: ExemplarSource, _ experience: Experience, random: RandomStream
  ) {
    let old = source == .kept ? self : Memory()
    classes = experience.classes.map { label in
      // Kept in the order of their draw: the first of them are a draw of fewer.
      let kept = old.images(of: label)
      guard kept.isEmpty else {
        return Exemplars(label: label, images: Array(kept.prefix(perClass)))
      }
      var stream = random.stream(label)
      return Exemplars(
        label: label,
        images: stream.sample(perClass, from: experience.data.train.indices(of: [label])))
    }
  }
}
