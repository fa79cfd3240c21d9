import Datasets
public import Randomness

/// Training images kept of earlier tasks: exemplars.
public struct Memory: Codable, Hashable, Sendable {
  /// One class's exemplars, by position in the training split.
  public struct Exemplars: Codable, Hashable, Sendable {
    public var label: Int
    public var images: [Int]
  }

  public private(set) var classes: [Exemplars] = []

  public init() {}

  public var isEmpty: Bool { classes.allSatisfy(\.images.isEmpty) }
  public var count: Int { classes.reduce(0) { $0 + $1.images.count } }

  /// All exemplars, class by class.
  public var images: [Int] { classes.flatMap(\.images) }

  /// Draws the memory anew: `perClass` images of every class so far, at random without repetition
  /// from the whole training split; all images of a class that has fewer.
  public mutating func draw(perClass: Int, _ lesson: Lesson, random: RandomStream) {
    classes = lesson.classes.map { label in
      var stream = random.stream(label)
      return Exemplars(
        label: label,
        images: stream.sample(perClass, from: lesson.data.train.indices(of: [label])))
    }
  }
}
