import Datasets
import Testing

/// What a mirror makes of GTSRB's signs, against their names.
struct MirrorClassesTests {
  private let signs = Self.data(GTSRB.classNames)

  private static func data(_ classNames: [String]) -> DataSet {
    let none = ImageSet(
      shape: ImageShape(height: 1, width: 1, channels: 3), pixels: [], labels: [])
    return DataSet(
      source: .folder(path: "", size: 1), classNames: classNames, train: none, test: none)
  }

  /// A sign that says left says right in a mirror.
  private func inAMirror(_ name: String) -> String {
    name.lowercased().replacing("left", with: "*").replacing("right", with: "left")
      .replacing("*", with: "right")
  }

  @Test func everySignWithASideHasItsPair() {
    let names = GTSRB.classNames.map { $0.lowercased() }
    var pairs: [[Int]] = []
    for (label, name) in names.enumerated() {
      guard let other = names.firstIndex(of: inAMirror(name)), label < other else { continue }
      pairs.append([label, other])
    }
    #expect(pairs == [[19, 20], [33, 34], [36, 37], [38, 39]])
    #expect(signs.mirrorPairs.map { [$0.0, $0.1] } == pairs)
  }

  /// No sign of a pair, and none whose name or picture has a side, number or letters.
  @Test func signsThatStayWhatTheyAreHaveNoPair() {
    #expect(signs.symmetricClasses == [11, 12, 13, 15, 17, 18, 22, 26, 30, 35])
    let paired = Set(signs.mirrorPairs.flatMap { [$0.0, $0.1] })
    #expect(paired == [19, 20, 33, 34, 36, 37, 38, 39])
    #expect(paired.isDisjoint(with: signs.symmetricClasses))
  }

  /// The first of GTSRB's classes know only what is among them.
  @Test(arguments: [
    (20, [[Int]](), [11, 12, 13, 15, 17, 18]), (21, [[19, 20]], [11, 12, 13, 15, 17, 18]),
    (35, [[19, 20], [33, 34]], [11, 12, 13, 15, 17, 18, 22, 26, 30]),
    (36, [[19, 20], [33, 34]], [11, 12, 13, 15, 17, 18, 22, 26, 30, 35]),
  ])
  func classesThatAreNotThereAreNoMirrors(count: Int, pairs: [[Int]], symmetric: [Int]) {
    let some = Self.data(Array(GTSRB.classNames.prefix(count)))
    #expect(some.hasSignClasses)
    #expect(some.mirrorPairs.map { [$0.0, $0.1] } == pairs)
    #expect(some.symmetricClasses == symmetric)
  }

  @Test func nothingIsKnownOfOtherClasses() {
    var names = GTSRB.classNames
    names[30] = "A tram"
    for other in [Self.data(names), Self.data(GTSRB.classNames + ["A tram"]), Self.data([])] {
      #expect(!other.hasSignClasses)
      #expect(other.mirrorPairs.isEmpty && other.symmetricClasses.isEmpty)
    }
  }
}
