internal import PlainText

/// Mirrors half of the images of all classes, or of some.
struct FlipStep: TransformStep {
  var isRandom: Bool { true }
  var options: [TransformOption] { [Self.option] }
  var logKey: String { "horizontal_flip" }

  private static let option = TransformOption(
    "hflip",
    .words(
      [("on", "all"), ("off", "none"), ("symmetric", "signs that stay what they are")],
      orIntegers: 0...100_000),
    "Mirror half of the training images: on, off, symmetric (signs that stay what they are), or "
      + "the classes.", searchWords: ["RandomHorizontalFlip"])

  func isOn(in transform: Transform) -> Bool {
    transform.horizontalFlip && transform.flippedClasses != []
  }

  func isAsked(in transform: Transform) -> Bool { transform.horizontalFlip }

  func word(in transform: Transform) -> String? {
    guard isAsked(in: transform) else { return nil }
    let classes = transform.flippedClasses.map { " of \(counted($0.count, "class", "classes"))" }
    return "flips\(classes ?? "")"
  }

  func deed(in transform: Transform, _ draws: TransformDraws) -> String {
    draws.isMirrored ? "mirrored" : "not mirrored"
  }

  func figures(of transform: Transform) -> [(key: String, value: TransformValue)] {
    transform.flippedClasses.map { [("flipped_classes", .integers($0))] } ?? []
  }

  func set(
    _ given: TransformOptions, in transform: inout Transform, of data: DataSet
  ) throws(TransformRefusal) {
    guard let choice = given[Self.option] else { return }
    transform.horizontalFlip = choice != .word("off")
    transform.flippedClasses = nil
    switch choice {
    case .word("symmetric"):
      guard data.hasSignClasses else {
        throw TransformRefusal(
          Self.option, "which classes stay what they are is known of GTSRB's only; list them")
      }
      transform.flippedClasses = data.symmetricClasses
    case .integers(let classes):
      if let fault = fault(classes, data) { throw TransformRefusal(Self.option, fault) }
      transform.flippedClasses = classes
    default: break
    }
  }

  private func fault(_ classes: [Int], _ data: DataSet) -> String? {
    if let unknown = classes.first(where: { !data.classNames.indices.contains($0) }) {
      return "there is no class \(unknown): classes are 0 to \(data.classNames.count - 1)"
    }
    return data.mirrorPairs.first { classes.contains($0.0) || classes.contains($0.1) }.map {
      "mirroring turns class \($0.0) into \($0.1), \(data.classNames[$0.1]), and vice versa; "
        + "leave both out"
    }
  }

  func warning(_ given: TransformOptions, of data: DataSet) -> String? {
    let pairs = data.mirrorPairs
    guard given.word(Self.option) == "on", !pairs.isEmpty else { return nil }
    let names = pairs.map { "\($0.0)/\($0.1)" }.joined(with: "and")
    return "mirroring swaps the classes \(names); hflip=symmetric leaves them out"
  }
}

/// What a mirror makes of signs.
public enum MirrorClasses {
  /// GTSRB's pairs of which a mirror makes one the other: dangerous curves, turn ahead, go straight
  /// or turn, keep right and left.
  public static let pairs = [(19, 20), (33, 34), (36, 37), (38, 39)]

  /// GTSRB's classes that are what they were in a mirror.
  public static let symmetric = [11, 12, 13, 15, 17, 18, 22, 26, 30, 35]
}

extension DataSet {
  /// Whether the classes are GTSRB's, or the first of them.
  public var hasSignClasses: Bool {
    !classNames.isEmpty && classNames.count <= GTSRB.classNames.count
      && zip(classNames, GTSRB.classNames).allSatisfy { $0 == $1 }
  }

  /// The pairs of classes of which a mirror makes one the other, as far as that is known.
  public var mirrorPairs: [(Int, Int)] {
    hasSignClasses ? MirrorClasses.pairs.filter { $0.1 < classNames.count } : []
  }

  /// The classes that may be mirrored, as far as that is known.
  public var symmetricClasses: [Int] {
    hasSignClasses ? MirrorClasses.symmetric.filter { $0 < classNames.count } : []
  }
}
