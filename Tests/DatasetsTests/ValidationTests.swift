import Datasets
import Testing

struct ValidationTests {
  private func signs() throws -> DataSet {
    var signs = SyntheticSigns()
    signs.classes = 5
    signs.perClass = 150
    signs.testPerClass = 1
    signs.size = 16
    return try signs.generate(threads: 2)
  }

  @Test(arguments: [0.1, 0.2, 0.5, 0.9])
  func noTrackIsOnBothSides(share: Double) throws {
    let data = try signs()
    let parts = data.holdingOut(HoldOut(share: share, seed: 1))
    #expect(parts.train.count + parts.test.count == data.train.count)
    #expect(Set(parts.train.tracks).isDisjoint(with: parts.test.tracks))
    for label in 0..<5 {
      func tracks(_ set: ImageSet) -> Set<Int> {
        Set(set.indices(of: [label]).map { set.tracks[$0] })
      }
      let (kept, heldOut) = (tracks(parts.train), tracks(parts.test))
      let all = kept.count + heldOut.count
      #expect(!kept.isEmpty && !heldOut.isEmpty)
      #expect(abs(Double(heldOut.count) - share * Double(all)) <= 1)
    }
  }

  @Test func imagesStayWithTheirClasses() throws {
    let data = try signs()
    let parts = data.holdingOut(HoldOut(share: 0.3, seed: 1))
    var places: [Int: Int] = [:]
    for index in 0..<data.train.count {
      places[data.train.tracks[index]] = places[data.train.tracks[index]] ?? index
    }
    for index in 0..<parts.test.count where index % 30 == 0 {
      let first = try #require(places[parts.test.tracks[index]])
      #expect(parts.test.labels[index] == data.train.labels[first])
      #expect(parts.test.image(at: index).elementsEqual(data.train.image(at: first)))
    }
  }

  @Test func seedDecides() throws {
    let data = try signs()
    let one = data.holdingOut(HoldOut(share: 0.3, seed: 1))
    #expect(one.digest == data.holdingOut(HoldOut(share: 0.3, seed: 1)).digest)
    #expect(one.digest != data.holdingOut(HoldOut(share: 0.3, seed: 2)).digest)
    #expect(one.digest != data.digest)
  }

  @Test func classOfOneTrackKeepsIt() {
    let set = ImageSet(
      shape: ImageShape(height: 1, width: 1, channels: 1), pixels: Array(0..<8),
      labels: [0, 0, 0, 1, 1, 1, 1, 1], tracks: [0, 0, 0, 1, 1, 2, 2, 2])
    let data = DataSet(
      source: .synthetic(SyntheticSigns()), classNames: ["a", "b"], train: set, test: set)
    let parts = data.holdingOut(HoldOut(share: 0.5, seed: 0))
    #expect(parts.train.labels.count { $0 == 0 } == 3)
    #expect(Set(parts.test.labels) == [1])
  }

  /// A file may count the tracks of each class from 0.
  @Test func tracksOfOtherClassesMayHaveTheSameNumber() {
    let set = ImageSet(
      shape: ImageShape(height: 1, width: 1, channels: 1), pixels: Array(0..<50),
      labels: (0..<50).map { $0 / 5 }, tracks: (0..<50).map { $0 < 5 ? 0 : $0 % 5 })
    let data = DataSet(
      source: .synthetic(SyntheticSigns()), classNames: (0..<10).map { "\($0)" }, train: set,
      test: set)
    let parts = data.holdingOut(HoldOut(share: 0.4, seed: 0))
    #expect(
      (0..<10).map { label in parts.test.labels.count { $0 == label } } == [0]
        + [Int](repeating: 2, count: 9))
    #expect(parts.train.count + parts.test.count == 50)
  }

  /// What is held out of one class tells nothing of another of as many tracks.
  @Test func everyClassDrawsForItself() {
    let set = ImageSet(
      shape: ImageShape(height: 1, width: 1, channels: 1), pixels: Array(0..<80),
      labels: (0..<80).map { $0 / 20 })
    let data = DataSet(
      source: .synthetic(SyntheticSigns()), classNames: ["a", "b", "c", "d"], train: set,
      test: set)
    let parts = data.holdingOut(HoldOut(share: 0.5, seed: 0))
    let places = (0..<4).map { label in
      parts.test.pixels.filter { $0 / 20 == label }.map { $0 % 20 }
    }
    #expect(places.allSatisfy { $0.count == 10 })
    #expect(Set(places).count == 4)
  }

  @Test func withoutTracksEveryImageIsOne() {
    let set = ImageSet(
      shape: ImageShape(height: 1, width: 1, channels: 1), pixels: Array(0..<10),
      labels: [Int](repeating: 0, count: 10))
    let data = DataSet(
      source: .synthetic(SyntheticSigns()), classNames: ["a"], train: set, test: set)
    let parts = data.holdingOut(HoldOut(share: 0.2, seed: 0))
    #expect(parts.train.count == 8 && parts.test.count == 2)
    #expect(Set(parts.train.pixels + parts.test.pixels).count == 10)
  }
}
