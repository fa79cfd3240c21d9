import Datasets
import Foundation
import Randomness
import Tensors
import Testing

/// Transforms beyond crops and flips.
struct JitterTests {
  private let random = RandomStream(seed: 5)

  /// Images that grow brighter to the right and downwards, in three colours, and noise.
  private func data(_ change: (inout Transform) -> Void) -> DataSet {
    let shape = ImageShape(height: 16, width: 12, channels: 3)
    var noise = RandomStream(seed: 1)
    let pixels = (0..<6 * shape.count).map { index -> UInt8 in
      let place = index % shape.count
      let (row, column) = (place / 36, place / 3 % 12)
      return UInt8(20 * (place % 3) + 6 * row + 4 * column + noise.index(below: 8))
    }
    let set = ImageSet(shape: shape, pixels: pixels, labels: (0..<6).map { $0 % 3 })
    var transform = Transform()
    change(&transform)
    return DataSet(
      source: .folder(path: "", size: 1), classNames: ["a", "b", "c"], train: set, test: set,
      transform: transform)
  }

  private func images(
    _ data: DataSet, _ indices: [Int] = [0, 1, 2, 3, 4, 5], training: Bool = true,
    threads: Int = 1
  ) -> Tensor {
    data.batch(
      indices, of: .train, training: training, random: random,
      on: ThreadPool(threadCount: threads)
    ).images
  }

  private static func all(_ transform: inout Transform) {
    transform.randomCrop = true
    transform.horizontalFlip = true
    transform.jitter = .standard
    transform.equalization = ContrastEqualization()
    transform.brightness = 0.2
    transform.contrast = 0.3
    transform.standardize = true
  }

  @Test func threadsDoNotMatter() {
    let data = data(Self.all)
    let indices = (0..<43).map { $0 % 6 }
    let one = images(data, indices)
    for threads in [2, 3, 8] { #expect(images(data, indices, threads: threads) == one) }
  }

  @Test func placeInTheBatchNamesTheChange() {
    let data = data(Self.all)
    let (long, short) = (images(data, [0, 1, 2]), images(data, [5, 1]))
    let size = 16 * 12 * 3
    #expect(long.elements[size..<2 * size] == short.elements[size..<2 * size])
    let same = images(data, [1, 1, 1])
    #expect(same.elements[..<size] != same.elements[size..<2 * size])
  }

  @Test func evaluationIsNotRandom() {
    let random = data { transform in
      transform.jitter = .standard
      transform.brightness = 0.5
      transform.contrast = 0.5
    }
    #expect(images(random, training: false) == images(data { _ in }, training: false))
  }

  @Test func noJitterIsThePlainImage() {
    let still = data { transform in
      transform.jitter = Jitter(rotation: 0, scale: 0, shift: 0)
      transform.equalization = nil
      transform.contrast = 1e-9
    }
    let plain = images(data { _ in })
    for (a, b) in zip(images(still).elements, plain.elements) { #expect(abs(a - b) < 1e-5) }
  }

  /// Without jitter every pixel is read from its own place, or from the one across.
  @Test func mapReadsFromWhereItSays() {
    var random = random
    var map = AffineMap(
      Jitter(rotation: 0, scale: 0, shift: 0), mirrored: false, height: 3, width: 5,
      using: &random)
    #expect([map.a, map.b, map.d, map.e] == [1, 0, 0, 1])
    #expect(abs(map.c) < 1e-6 && abs(map.f) < 1e-6)
    map = AffineMap(
      Jitter(rotation: 0, scale: 0, shift: 0), mirrored: true, height: 3, width: 5,
      using: &random)
    #expect(map.a == -1 && abs(map.c - 4) < 1e-6)
  }

  /// A place of the image that is mirrored, turned, sized and moved about its centre as drawn comes
  /// to the pixel that is read from there.
  @Test(arguments: [false, true]) func mapLeadsBackToWhereAPlaceCameFrom(mirrored: Bool) {
    let jitter = Jitter(rotation: 40, scale: 0.3, shift: 0.25)
    let (height, width) = (9, 14)
    for seed in 0..<20 {
      var random = RandomStream(seed: UInt64(seed))
      var draws = random
      let map = AffineMap(jitter, mirrored: mirrored, height: height, width: width, using: &random)
      let angle = Double(draws.uniform(in: -1..<1)) * 40 / 180 * .pi
      let scale = 1 + Double(draws.uniform(in: -1..<1)) * 0.3
      let right = Double(draws.uniform(in: -1..<1)) * 0.25 * Double(width)
      let down = Double(draws.uniform(in: -1..<1)) * 0.25 * Double(height)
      for (x, y) in [(0.0, 0.0), (13.0, 2.0), (5.0, 8.0)] {
        let (across, along) = ((mirrored ? -1 : 1) * (x - 6.5), y - 4)
        let column = 6.5 + scale * (cos(angle) * across - sin(angle) * along) + right
        let row = 4 + scale * (sin(angle) * across + cos(angle) * along) + down
        let readX = Double(map.a) * column + Double(map.b) * row + Double(map.c)
        let readY = Double(map.d) * column + Double(map.e) * row + Double(map.f)
        #expect(abs(readX - x) < 1e-4 && abs(readY - y) < 1e-4, "seed \(seed)")
      }
    }
  }

  @Test func figuresStayWithinTheirBounds() {
    var random = RandomStream(seed: 3)
    let jitter = Jitter(rotation: 10, scale: 0.2, shift: 0.1)
    var (turns, sizes, moves) = ([Float](), [Float](), [Float]())
    for _ in 0..<2000 {
      let map = AffineMap(jitter, mirrored: false, height: 21, width: 21, using: &random)
      turns.append(atan2(map.b, map.a) * 180 / .pi)
      sizes.append(1 / (map.a * map.a + map.b * map.b).squareRoot())
      // Where the centre is read from, taken back through the turn and the size.
      let (x, y) = (map.a * 10 + map.b * 10 + map.c - 10, map.d * 10 + map.e * 10 + map.f - 10)
      moves.append(
        abs((x * map.a + y * map.d) / (map.a * map.a + map.b * map.b)))
    }
    #expect(turns.allSatisfy { abs($0) < 10.001 } && (turns.max() ?? 0) > 9.5)
    #expect(sizes.allSatisfy { (0.799..<1.201).contains($0) } && (sizes.min() ?? 1) < 0.81)
    #expect(moves.allSatisfy { $0 < 2.101 } && (moves.max() ?? 0) > 2)
  }

  @Test func onlyChosenClassesAreMirrored() {
    let plain = data { _ in }
    let flipped = data { transform in
      transform.horizontalFlip = true
      transform.flippedClasses = [1]
    }
    let size = 16 * 12 * 3
    for label in 0..<3 {
      let indices = [Int](repeating: label, count: 60)
      let (before, after) = (images(plain, indices), images(flipped, indices))
      let changed = (0..<60).count {
        before.elements[$0 * size..<($0 + 1) * size] != after.elements[$0 * size..<($0 + 1) * size]
      }
      #expect(label == 1 ? (15...45).contains(changed) : changed == 0)
    }
  }

  @Test func nothingIsRandomWhereNoClassIsMirrored() {
    var transform = Transform()
    transform.horizontalFlip = true
    #expect(transform.isRandom)
    transform.flippedClasses = []
    #expect(!transform.isRandom && transform.parts(training: true).isEmpty)
  }

  @Test(arguments: [false, true]) func standardizedImagesHaveMean0AndDeviation1(gray: Bool) {
    let data = data { transform in
      transform.standardize = true
      transform.grayscale = gray
    }
    let batch = images(data, training: false)
    let size = batch.count / 6
    for image in 0..<6 {
      let values = batch.elements[image * size..<(image + 1) * size].map(Double.init)
      let mean = values.reduce(0, +) / Double(size)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(size)
      #expect(abs(mean) < 1e-5 && abs(variance - 1) < 1e-4)
    }
  }

  @Test func brightnessMovesAndContrastStretches() {
    let plain = images(data { _ in })
    let bright = images(data { $0.brightness = 0.2 })
    let sharp = images(data { $0.contrast = 0.5 })
    #expect(bright != plain && sharp != plain)
    for images in [bright, sharp] {
      #expect(images.elements.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
    for (a, b) in zip(bright.elements, plain.elements) where a > 0 && a < 1 {
      #expect(abs(a - b) < 0.2)
    }
  }

  @Test func mirrorsOfSigns() {
    let signs = DataSet(
      source: .folder(path: "", size: 1), classNames: Array(GTSRB.classNames.prefix(36)),
      train: data { _ in }.train, test: data { _ in }.test)
    #expect(signs.mirrorPairs.map(\.0) == [19, 33])
    #expect(signs.symmetricClasses == [11, 12, 13, 15, 17, 18, 22, 26, 30, 35])
    #expect(data { _ in }.mirrorPairs.isEmpty && data { _ in }.symmetricClasses.isEmpty)
  }
}
