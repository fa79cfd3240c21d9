import Datasets
import Testing

@Suite struct SyntheticSignsTests {
  private static func signs(
    classes: Int = 4, perClass: Int = 30, seed: Int = 1, size: Int = 16
  ) -> SyntheticSigns {
    var signs = SyntheticSigns()
    signs.classes = classes
    signs.perClass = perClass
    signs.seed = seed
    signs.size = size
    return signs
  }

  @Test(arguments: [1, 2, 3, 7])
  func sameSeedGivesTheSameBytesOnAnyNumberOfThreads(threads: Int) throws {
    let one = try Self.signs().generate(threads: 1)
    let many = try Self.signs().generate(threads: threads)
    #expect(one.train.pixels == many.train.pixels)
    #expect(one.test.pixels == many.test.pixels)
    #expect(one.digest == many.digest)
  }

  @Test func anotherSeedGivesOtherBytes() throws {
    let one = try Self.signs(seed: 1).generate(threads: 2)
    let other = try Self.signs(seed: 2).generate(threads: 2)
    #expect(one.train.pixels != other.train.pixels)
    #expect(one.test.pixels != other.test.pixels)
    #expect(one.train.labels == other.train.labels)
  }

  @Test(arguments: [16, 33, 64, 128])
  func imagesHaveTheSizeAskedFor(size: Int) throws {
    let set = try Self.signs(classes: 2, perClass: 3, size: size).generate(threads: 2)
    #expect(set.train.shape == ImageShape(height: size, width: size, channels: 3))
    #expect(set.train.pixels.count == set.train.count * size * size * 3)
    let levels = Set(set.train.pixels)
    #expect(levels.count > 50, "a picture, not a plain colour")
  }

  @Test func tracksHaveThirtyFramesOfOneClass() throws {
    let train = try Self.signs(classes: 6, perClass: 60).generate(threads: 2).train
    let tracks = Dictionary(grouping: train.labels.indices) { train.tracks[$0] }
    #expect(tracks.count == 12)
    for (track, frames) in tracks {
      #expect(frames.count == 30, "track \(track)")
      #expect(Set(frames.map { train.labels[$0] }).count == 1, "track \(track)")
    }
  }

  @Test func framesOfATrackAreMoreAlikeThanTracks() throws {
    let train = try Self.signs(classes: 1, perClass: 300).generate(threads: 2).train
    var within = 0.0
    var between = 0.0
    for track in 0..<9 {
      within += distance(train.image(at: track * 30), train.image(at: track * 30 + 1))
      between += distance(train.image(at: track * 30), train.image(at: track * 30 + 30))
    }
    #expect(within < between / 2)
  }

  /// A further frame of a training track would be as near to one of its frames as those are to
  /// each other.
  @Test func noTestImageShowsATrainingTrack() throws {
    var signs = Self.signs(classes: 1, perClass: 120)
    signs.testPerClass = 4
    let set = try signs.generate(threads: 2)
    #expect(Set(set.test.tracks).count == set.test.count)
    func nearest(_ image: ArraySlice<UInt8>, otherThan position: Int?) -> Double {
      set.train.labels.indices.filter { $0 != position }
        .map { distance(image, set.train.image(at: $0)) }.min() ?? 0
    }
    let test = (0..<4).map { nearest(set.test.image(at: $0), otherThan: nil) }
    let train = (0..<20).map { nearest(set.train.image(at: $0 * 6), otherThan: $0 * 6) }
    let (other, same) = (test.reduce(0, +) / 4, train.reduce(0, +) / 20)
    #expect(other > 1.4 * same)
  }

  @Test func countsAtFullScaleAreGTSRBs() {
    var signs = SyntheticSigns()
    signs.perClass = 620
    signs.testPerClass = 294
    let table = [
      (0, 150, 60), (1, 1500, 720), (2, 1500, 750), (12, 1410, 690), (19, 150, 60),
      (38, 1380, 690), (42, 180, 90),
    ]
    for (label, train, test) in table {
      #expect(abs(signs.trainTracks[label] * 30 - train) <= 30, "class \(label)")
      #expect(abs(signs.testCounts[label] - test) <= 1, "class \(label)")
    }
    #expect(signs.trainTracks.reduce(0, +) * 30 == 26_670)
    #expect(signs.testCounts.reduce(0, +) == 294 * 43)
  }

  @Test func imagesFollowTheCounts() throws {
    let signs = Self.signs(classes: 43, perClass: 40)
    let set = try signs.generate(threads: 2)
    for label in 0..<43 {
      #expect(set.train.indices(of: [label]).count == signs.trainTracks[label] * 30)
      #expect(set.test.indices(of: [label]).count == signs.testCounts[label])
    }
    #expect(set.classNames.count == 43)
    #expect(set.classNames[14] == "Stop")
  }

  @Test func balancedClassesHaveEqualCounts() {
    var signs = Self.signs(classes: 43, perClass: 60)
    signs.balanced = true
    #expect(signs.trainTracks == Array(repeating: 2, count: 43))
    #expect(signs.testCounts == Array(repeating: 30, count: 43))
  }

  @Test(arguments: [1, 5, 29])
  func fewerThanThirtyImagesMakeShortTracks(perClass: Int) throws {
    let set = try Self.signs(classes: 5, perClass: perClass).generate(threads: 2)
    #expect(set.train.count == 5 * perClass)
    #expect(Set(set.train.labels) == Set(0..<5))
    #expect(Set(set.test.labels) == Set(0..<5))
  }

  @Test(arguments: [
    (0, 30, 16, "classes", 1...1000), (1001, 30, 16, "classes", 1...1000),
    (4, 0, 16, "perClass", 1...1_000_000), (4, -1, 16, "perClass", 1...1_000_000),
    (4, Int.max, 16, "perClass", 1...1_000_000),
  ])
  func valuesOutOfRangeAreRefused(
    classes: Int, perClass: Int, size: Int, field: String, range: ClosedRange<Int>
  ) {
    let signs = Self.signs(classes: classes, perClass: perClass, size: size)
    let value = ["classes": classes, "perClass": perClass][field] ?? 0
    #expect(throws: SyntheticSignsError.outOfRange(field: field, value: value, range: range)) {
      try signs.generate(threads: 1)
    }
  }

  @Test(arguments: [15, 129])
  func drawnSignsHaveSizesOfTheirOwn(size: Int) {
    let error = SyntheticSignsError.sizeOutOfRange(size: size, range: 16...128)
    #expect(throws: error) { try Self.signs(size: size).generate(threads: 1) }
    #expect(throws: error) {
      try DataSet.load(DataSource.synthetic(Self.signs()).resized(to: size), cache: nil)
    }
    #expect(error.message.contains("drawn signs") && error.message.contains("16 … 128"))
  }

  @Test func testImagesOutOfRangeAreRefused() {
    var signs = Self.signs()
    signs.testPerClass = 0
    #expect(
      throws: SyntheticSignsError.outOfRange(
        field: "testPerClass", value: 0, range: 1...1_000_000)
    ) { try signs.generate(threads: 1) }
  }

  @Test func tooManyImagesAreRefusedBeforeMemoryIsTaken() {
    var signs = SyntheticSigns()
    signs.perClass = 100_000
    #expect(throws: SyntheticSignsError.tooManyImages(count: 6_450_000, limit: 1_000_000)) {
      try signs.generate(threads: 1)
    }
    signs.perClass = 15_000
    signs.size = 128
    #expect(throws: SyntheticSignsError.tooLarge(bytes: 47_554_560_000, limit: 8 << 30)) {
      try signs.generate(threads: 1)
    }
  }

  /// GTSRB's classes, and the eleven plates with the numbers 1 to 9 and 11 to 19.
  @Test func everyTwoClassesLookDifferent() {
    let templates = (0..<43 + 11 * 18).map { label in
      SignTemplate(label: label, side: 32).levels[0].pixels.map {
        SIMD4<Int16>(truncatingIfNeeded: $0)
      }
    }
    for a in templates.indices {
      // Two plates with different digits differ if the same plate with them does.
      let last = a < 43 ? templates.count : min(templates.count, a + 11 * 9)
      for b in stride(from: a + (a < 43 ? 1 : 11), to: last, by: a < 43 ? 1 : 11) {
        var changed = 0
        for pixel in templates[a].indices {
          let difference = templates[a][pixel] &- templates[b][pixel]
          if difference.max() > 60 || difference.min() < -60 { changed += 1 }
        }
        #expect(changed >= 8, "classes \(a) and \(b) differ in \(changed) of 1,024 pixels")
      }
    }
  }

  @Test func namesAreDifferent() throws {
    let names = try Self.signs(classes: 1000, perClass: 1).generate(threads: 2).classNames
    #expect(Set(names).count == 1000)
  }

  private func distance(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Double {
    zip(a, b).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(a.count)
  }
}
