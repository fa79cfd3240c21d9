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
