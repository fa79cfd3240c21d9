public import Randomness

/// Training images kept of earlier tasks: exemplars.
public struct Memory: Codable, Hashable, Sendable {
  /// One class's exemplars, by position in the training split, the most telling first.
  public struct Exemplars: Codable, Hashable, Sendable {
    public var label: Int
    public var images: [Int]
  }

  public internal(set) var classes: [Exemplars] = []

  public init() {}

  public var isEmpty: Bool { classes.allSatisfy(\.images.isEmpty) }
  public var count: Int { classes.reduce(0) { $0 + $1.images.count } }

  /// All exemplars, class by class.
  public var images: [Int] { classes.flatMap(\.images) }

  /// Keeps the first `perClass` exemplars of every class.
  public mutating func shrink(perClass: Int) {
    for index in classes.indices {
      classes[index].images = Array(classes[index].images.prefix(perClass))
    }
  }

  /// Takes in a class, in place of what it has of it.
  public mutating func set(_ images: [Int], of label: Int) {
    if let place = classes.firstIndex(where: { $0.label == label }) {
      classes[place].images = images
    } else {
      classes.append(Exemplars(label: label, images: images))
    }
  }

  public func images(of label: Int) -> [Int] { classes.first { $0.label == label }?.images ?? [] }

  /// Adds one image after the others of its class.
  public mutating func append(_ image: Int, of label: Int) {
    set(images(of: label) + [image], of: label)
  }

  /// Lets go of an exemplar.
  ///
  /// - Parameter index: In `images`.
  public mutating func remove(at index: Int) {
    var index = index
    for place in classes.indices {
      if index < classes[place].images.count {
        classes[place].images.remove(at: index)
        return
      }
      index -= classes[place].images.count
    }
  }

  /// `count` different exemplars at random; all of them, in random order, if there are fewer.
  public func sample(_ count: Int, random: RandomStream) -> [Int] {
    var random = random
    return random.sample(count, from: images)
  }
}
