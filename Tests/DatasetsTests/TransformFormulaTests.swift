import Datasets
import Randomness
import Tensors
import Testing

/// What happens to an image, against a few lines of plain loops: one small image, known draws.
struct TransformFormulaTests {
  private static let (height, width) = (5, 4)
  /// Dark and light in all colours; the first pixels differ by less than their brightness is rounded.
  private static let bytes =
    ([100, 100, 100, 100, 100, 101, 100, 101, 100] as [UInt8])
    + (9..<60).map { UInt8($0 * 73 % 256) }

  private let random = RandomStream(seed: 21)

  /// What becomes of the same image at so many places of a batch.
  private func images(
    _ count: Int, bytes: [UInt8] = Self.bytes, training: Bool = true,
    _ change: (inout Transform) -> Void
  ) -> [[Double]] {
    let set = ImageSet(
      shape: ImageShape(height: Self.height, width: Self.width, channels: 3), pixels: bytes,
      labels: [0])
    var transform = Transform()
    change(&transform)
    let data = DataSet(
      source: .folder(path: "", size: 1), classNames: ["a"], train: set, test: set,
      transform: transform)
    let batch = data.batch(
      [Int](repeating: 0, count: count), of: .train, training: training, random: random)
    let size = batch.images.count / count
    return (0..<count).map { place in
      batch.images.elements[place * size..<(place + 1) * size].map(Double.init)
    }
  }

  private func areNear(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-5 }
  }

  /// v ← mean + contrast·(v − mean) + brightness, cut off at 0 and 255, before the normalization.
  @Test(arguments: [false, true]) func lightChangesAsDrawn(normalized: Bool) {
    let figures = Transform.Normalization.gtsrb
    let found = images(8) { transform in
      (transform.brightness, transform.contrast) = (0.2, 0.5)
      if normalized { transform.normalization = figures }
    }
    let mean = Self.bytes.reduce(0) { $0 + Double($1) } / Double(Self.bytes.count)
    for (place, image) in found.enumerated() {
      var draws = random.stream(place)
      let brightness = Double(draws.uniform(in: -1..<1)) * 0.2 * 255
      let contrast = 1 + Double(draws.uniform(in: -1..<1)) * 0.5
      let expected = Self.bytes.enumerated().map { index, byte -> Double in
        let value = mean + contrast * (Double(byte) - mean) + brightness
        let light = min(max(value, 0), 255) / 255
        let channel = index % 3
        return normalized
          ? (light - Double(figures.mean[channel])) / Double(figures.deviation[channel]) : light
      }
      #expect(areNear(image, expected), "place \(place)")
    }
  }

  /// Gray changes by what the equalization adds to the brightness (of Rec. 601, here in thousandths),
  /// and so does every colour, as far as it can.
  @Test func coloursMoveWithTheirBrightness() {
    let found = images(1, training: false) {
      $0.equalization = ContrastEqualization(tiles: 1, limit: 256)
    }
    let weights = [299, 587, 114]
    let brightness = (0..<Self.height * Self.width).map { pixel in
      (0..<3).reduce(0) { $0 + weights[$1] * Int(Self.bytes[3 * pixel + $1]) }
    }
    let equalized = EqualizationTests.plain(
      brightness.map { UInt8(($0 + 500) / 1000) }, height: Self.height, width: Self.width,
      tiles: 1, limit: 256)
    let expected = Self.bytes.enumerated().map { index, byte -> Double in
      let change = Double(equalized[index / 3]) - Double(brightness[index / 3]) / 1000
      return min(max(Double(byte) + change, 0), 255) / 255
    }
    #expect(areNear(found[0], expected))
    #expect(expected.contains(0) && expected.contains(1), "some colours go as far as they can")
  }

  /// TensorFlow's `per_image_standardization`: (v − mean) / max(deviation, 1 / √count).
  @Test func nearlyUniformImagesAreNotBlownUp() {
    var bytes = [UInt8](repeating: 100, count: 60)
    bytes[7] = 151
    let found = images(1, bytes: bytes, training: false) { $0.standardize = true }
    // The one is 0.2 above the others.
    let expected = (0..<60).map { ($0 == 7 ? 0.2 * 59 / 60 : -0.2 / 60) * 60.0.squareRoot() }
    #expect(areNear(found[0], expected))
  }

  /// Between four pixels, of which those behind the edge are the nearest at the edge.
  @Test func jitteredPixelsAreReadFromWhereTheMapSays() {
    let jitter = Jitter(rotation: 30, scale: 0.3, shift: 0.3)
    let (height, width) = (Self.height, Self.width)
    for (place, image) in images(8, { $0.jitter = jitter }).enumerated() {
      var draws = random.stream(place)
      let map = AffineMap(jitter, mirrored: false, height: height, width: width, using: &draws)
      let expected = (0..<height * width * 3).map { index -> Double in
        let (row, column) = (Double(index / 3 / width), Double(index / 3 % width))
        let x = Double(map.a) * column + Double(map.b) * row + Double(map.c)
        let y = Double(map.d) * column + Double(map.e) * row + Double(map.f)
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        func byte(_ y: Double, _ x: Double) -> Double {
          let (y, x) = (min(max(Int(y), 0), height - 1), min(max(Int(x), 0), width - 1))
          return Double(Self.bytes[(y * width + x) * 3 + index % 3])
        }
        let (u, v) = (x - left, y - top)
        let above = byte(top, left) * (1 - u) + byte(top, left + 1) * u
        let below = byte(top + 1, left) * (1 - u) + byte(top + 1, left + 1) * u
        return (above * (1 - v) + below * v) / 255
      }
      #expect(areNear(image, expected), "place \(place)")
    }
  }

  @Test func mirroredImagesAreMirrorsWhateverElseIsDone() {
    let plain = images(1, training: false) { $0.standardize = true }[0]
    let mirror = (0..<plain.count).map { index -> Double in
      let (row, column) = (index / 3 / Self.width, index / 3 % Self.width)
      return plain[(row * Self.width + Self.width - 1 - column) * 3 + index % 3]
    }
    let found = images(40) { ($0.standardize, $0.horizontalFlip) = (true, true) }
    let mirrored = found.count { areNear($0, mirror) }
    #expect((10...30).contains(mirrored) && mirrored + found.count { areNear($0, plain) } == 40)
  }
}
