import Datasets
import Randomness
import Tensors
import Testing

struct TransformTests {
  private let random = RandomStream(seed: 5)

  /// `count` images with different bytes everywhere.
  private func dataSet(
    count: Int = 6, height: Int = 7, width: Int = 5, channels: Int = 3,
    transform: Transform = Transform()
  ) -> DataSet {
    let shape = ImageShape(height: height, width: width, channels: channels)
    let pixels = (0..<count * shape.count).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 6) }
    let set = ImageSet(shape: shape, pixels: pixels, labels: (0..<count).map { $0 % 3 })
    return DataSet(
      source: .folder(path: "", size: 1), classNames: ["a", "b", "c"], train: set, test: set,
      transform: transform)
  }

  private func image(_ batch: Batch, _ position: Int) -> [Float] {
    let size = batch.images.count / batch.images.shape[0]
    return Array(batch.images.elements[position * size..<(position + 1) * size])
  }

  @Test(arguments: [1, 3, 4])
  func plainBatchesAreBytesOver255(channels: Int) {
    let set = dataSet(channels: channels)
    let batch = set.batch([4, 0, 4], of: .test, random: random)
    #expect(batch.images.shape == [3, 7, 5, channels])
    #expect(batch.labels == [1, 0, 1])
    for (position, index) in [4, 0, 4].enumerated() {
      #expect(image(batch, position) == set.test.image(at: index).map { Float($0) / 255 })
    }
  }

  @Test func batchesAreTheSameOnAnyNumberOfThreads() {
    var transform = Transform()
    transform.randomCrop = true
    transform.horizontalFlip = true
    let set = dataSet(transform: transform)
    for count in [0, 1, 7, 8, 33] {
      let indices = (0..<count).map { $0 * 5 % 6 }
      let one = set.batch(indices, of: .train, training: true, random: random)
      for threads in [2, 4] {
        let pool = ThreadPool(threadCount: threads)
        let many = set.batch(indices, of: .train, training: true, random: random, on: pool)
        #expect(many.images == one.images && many.labels == one.labels)
      }
    }
  }

  @Test func normalizationTakesOffTheMeanAndDividesByTheDeviation() {
    var transform = Transform()
    transform.normalization = .gtsrb
    let set = dataSet(transform: transform)
    let batch = set.batch([2], of: .train, random: random)
    let mean: [Float] = [0.3403, 0.3121, 0.3214]
    let deviation: [Float] = [0.2724, 0.2608, 0.2669]
    for (index, byte) in set.train.image(at: 2).enumerated() {
      let expected = (Float(byte) / 255 - mean[index % 3]) / deviation[index % 3]
      #expect(batch.images.elements[index] == expected)
    }
  }

  @Test func oneFigureStandsForAllChannels() {
    var (one, three) = (Transform(), Transform())
    one.normalization = Transform.Normalization(mean: [0.5], deviation: [0.25])
    three.normalization = Transform.Normalization(
      mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25])
    #expect(
      dataSet(transform: one).batch([1], of: .test, random: random).images
        == dataSet(transform: three).batch([1], of: .test, random: random).images)
  }

  @Test(arguments: [false, true])
  func grayscaleHasTorchvisionsWeights(normalized: Bool) {
    var transform = Transform()
    transform.grayscale = true
    if normalized { transform.normalization = .gtsrb }
    let set = dataSet(transform: transform)
    let batch = set.batch([3], of: .test, random: random)
    #expect(batch.images.shape == [1, 7, 5, 1])
    #expect(transform.output(of: set.test.shape) == ImageShape(height: 7, width: 5, channels: 1))
    let bytes = Array(set.test.image(at: 3))
    for pixel in 0..<35 {
      let (r, g, b) = (
        Double(bytes[3 * pixel]), Double(bytes[3 * pixel + 1]), Double(bytes[3 * pixel + 2])
      )
      var expected = (0.2989 * r + 0.587 * g + 0.114 * b) / 255
      if normalized {
        expected = (expected - (0.3403 + 0.3121 + 0.3214) / 3) / ((0.2724 + 0.2608 + 0.2669) / 3)
      }
      #expect(abs(Double(batch.images.elements[pixel]) - expected) < 1e-5)
    }
  }

  @Test(arguments: [1, 2, 4]) func imagesWithoutThreeColoursStayAsTheyAre(channels: Int) throws {
    var transform = Transform()
    transform.grayscale = true
    let set = dataSet(channels: channels, transform: transform)
    try #require(transform.output(of: set.test.shape) == set.test.shape)
    let batch = set.batch([3], of: .test, random: random)
    #expect(batch.images.elements == set.test.image(at: 3).map { Float($0) / 255 })
  }

  @Test(arguments: [1, 3], [false, true])
  func halfOfTheImagesAreMirrored(channels: Int, grayscale: Bool) {
    var transform = Transform()
    let plain = dataSet(channels: channels, transform: transform)
    transform.horizontalFlip = true
    transform.grayscale = grayscale
    var plainGray = plain
    plainGray.transform.grayscale = grayscale
    let set = dataSet(channels: channels, transform: transform)
    let indices = Array(repeating: 2, count: 400)
    let batch = set.batch(indices, of: .train, training: true, random: random)
    let original = image(plainGray.batch([2], of: .train, random: random), 0)
    let outputs = batch.images.shape[3]
    let mirrored = (0..<7).flatMap { row in
      (0..<5).flatMap { column in
        (0..<outputs).map { original[(row * 5 + 4 - column) * outputs + $0] }
      }
    }
    let seen = (0..<400).map { image(batch, $0) }
    #expect(seen.allSatisfy { $0 == original || $0 == mirrored })
    #expect((160...240).contains(seen.count { $0 == mirrored }))
  }

  @Test func evaluationBatchesAreNotRandom() {
    var transform = Transform()
    transform.horizontalFlip = true
    transform.randomCrop = true
    let indices = Array(0..<6)
    #expect(
      dataSet(transform: transform).batch(indices, of: .train, random: random).images
        == dataSet().batch(indices, of: .train, random: random).images)
  }

  /// What an image becomes depends on its place in the batch and the batch's stream only.
  @Test func imagesDrawFromStreamsOfTheirOwn() {
    var transform = Transform()
    transform.horizontalFlip = true
    transform.randomCrop = true
    let set = dataSet(transform: transform)
    let long = set.batch([0, 1, 2, 3], of: .train, training: true, random: random)
    let short = set.batch([5, 1, 4], of: .train, training: true, random: random)
    #expect(image(long, 1) == image(short, 1))
    #expect(image(long, 0) != image(short, 0))
    let other = set.batch([0, 1, 2, 3], of: .train, training: true, random: random.stream(1))
    #expect(other.images != long.images)
  }

  @Test func emptyBatchIsEmpty() {
    let batch = dataSet().batch([Int](), of: .test, random: random)
    #expect(batch.images.shape == [0, 7, 5, 3])
    #expect(batch.labels.isEmpty)
  }

  @Test(arguments: [
    ([Float](), [Float(1)], TransformError.wrongCount(figure: "mean", count: 0, channels: 3)),
    ([0, 0], [1], .wrongCount(figure: "mean", count: 2, channels: 3)),
    ([0], [1, 1, 1, 1], .wrongCount(figure: "deviation", count: 4, channels: 3)),
    ([0], [0], .outOfRange(figure: "deviation", value: 0)),
    ([0], [1, -1, 1], .outOfRange(figure: "deviation", value: -1)),
    ([.infinity], [1], .outOfRange(figure: "mean", value: .infinity)),
  ])
  func impossibleFiguresAreNamed(mean: [Float], deviation: [Float], error: TransformError) {
    var transform = Transform()
    transform.normalization = Transform.Normalization(mean: mean, deviation: deviation)
    #expect(throws: error) { try transform.validate(channels: 3) }
  }

  @Test func possibleFiguresAreAccepted() throws {
    var transform = Transform()
    try transform.validate(channels: 3)
    transform.normalization = .gtsrb
    try transform.validate(channels: 3)
  }
}
