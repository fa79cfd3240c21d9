import Datasets
import Foundation
import Randomness
import Tensors
import Testing

/// Corruptions against scipy, Pillow and OpenCV (`scripts/reference/corruptions.py` makes the golden
/// bytes), and what is drawn by its statistics.
struct CorruptionTests {
  private struct Golden: Decodable {
    struct Case: Decodable {
      var kind: String
      var strength: Double
      var angle: Double?
      var bytes: String
    }

    var normals: [Double]
    var cases: [Case]
  }

  private static let shape = ImageShape(height: 24, width: 20, channels: 3)

  /// The script's: slopes, a bright disk and some noise.
  private static let image: [UInt8] = (0..<shape.count).map { index in
    let (y, x, c) = (index / 60, index / 3 % 20, index % 3)
    let disk = (y - 11) * (y - 11) + (x - 9) * (x - 9) < 49 ? 90 : 0
    return UInt8(20 + 3 * y + 2 * x + 12 * c + disk + (y * 977 + x * 131 + c * 37) % 23)
  }

  private func bytes(_ digits: String) -> [UInt8] {
    let digits = Array(digits.utf8)
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
  }

  private func corrupted(_ golden: Golden.Case, _ normals: [Double]) throws -> [UInt8] {
    let severity = Int(golden.strength) - 1
    switch golden.kind {
    case "motion_blur":
      let line = MotionBlur.lines[severity]
      return MotionBlur.blurred(
        Self.image, Self.shape, radius: line.radius, deviation: line.deviation,
        degrees: try #require(golden.angle))
    case "spatter":
      return Spatter.spattered(
        Self.image, Self.shape, Spatter.drops[severity], normals: normals)
    default:
      var random = RandomStream(seed: 0)
      return try #require(Corruption.kind(named: golden.kind)).corrupted(
        Self.image, Self.shape, strength: golden.strength, using: &random)
    }
  }

  @Test func bytesAreThoseOfTheLibraries() throws {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    let golden = try JSONDecoder().decode(
      Golden.self, from: Data(contentsOf: folder.appendingPathComponent("corruptions.json")))
    #expect(golden.cases.count == 36)
    for one in golden.cases {
      let (own, theirs) = (try corrupted(one, golden.normals), bytes(one.bytes))
      try #require(own.count == theirs.count)
      let apart = zip(own, theirs).map { abs(Int($0) - Int($1)) }
      // Floating point decides halves and whole numbers; files and boxes are integers all the way.
      let isExact = ["jpeg_compression", "pixelate"].contains(one.kind)
      let name = "\(one.kind) \(one.strength): \(apart.max() ?? 0), \(apart.count { $0 > 0 })"
      #expect(apart.allSatisfy { $0 <= (isExact ? 0 : 1) }, "\(name)")
      #expect(apart.count { $0 > 0 } <= own.count / 50, "\(name)")
    }
  }

  // MARK: What is drawn

  private let gray = ImageShape(height: 100, width: 100, channels: 1)

  @Test(arguments: [4.0, 10])
  func noiseHasItsDeviation(percent: Double) throws {
    var random = RandomStream(seed: 3)
    let noisy = try #require(Corruption.kind(named: "gaussian_noise")).corrupted(
      [UInt8](repeating: 128, count: gray.count), gray, strength: percent, using: &random)
    let values = noisy.map(Double.init)
    let mean = values.reduce(0, +) / 10_000
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 10_000).squareRoot()
    // Decimals are cut off, which takes half of one away.
    #expect(abs(mean - 127.5) < 0.04 * 2.55 * percent, "\(mean)")
    #expect(abs(deviation / (2.55 * percent) - 1) < 0.03, "\(deviation)")
  }

  @Test func impulsesAreSaltAndPepper() throws {
    let kind = try #require(Corruption.kind(named: "impulse_noise"))
    func lost(_ percent: Double) -> [Int: UInt8] {
      var random = RandomStream(seed: 3)
      let image = kind.corrupted(
        [UInt8](repeating: 100, count: gray.count), gray, strength: percent, using: &random)
      return Dictionary(
        uniqueKeysWithValues: image.enumerated().filter { $0.element != 100 }.map { ($0, $1) })
    }
    let (few, many) = (lost(2), lost(7))
    #expect((150...250).contains(few.count) && (600...800).contains(many.count))
    #expect(Set(many.values) == [0, 255])
    let salt = many.values.count { $0 == 255 }
    #expect((260...440).contains(salt), "\(salt)")
    // More of it hits the same values and others.
    #expect(few.allSatisfy { many[$0.key] == $0.value })
  }

  private func signs() throws -> DataSet {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (3, 6, 4, 16)
    return try DataSet.load(.synthetic(signs), cache: nil)
  }

  @Test func everySeverityIsWorseThanTheOneBefore() throws {
    let data = try signs()
    for kind in Corruption.common {
      let distances = try #require(kind.severities).map { strength -> Int in
        let spoiled = data.corrupted(
          by: Corruption(kind, strength: strength), on: ThreadPool(threadCount: 2))
        return zip(spoiled.test.pixels, data.test.pixels).reduce(0) {
          $0 + abs(Int($1.0) - Int($1.1))
        }
      }
      #expect(distances.count == 5 && distances[0] > 0, "\(kind.name)")
      // Water and mud cannot be compared.
      if kind.name != "spatter" { #expect(distances == distances.sorted(), "\(kind.name)") }
    }
  }

  // MARK: Recipes

  @Test(arguments: Corruption.kinds.map(\.name))
  func bytesDependOnTheImageAlone(name: String) throws {
    let kind = try #require(Corruption.kind(named: name))
    let corruption = Corruption(
      kind, strength: kind.severities?[2] ?? kind.range.upperBound / 4, seed: 7)
    let data = try signs()
    let spoiled = data.corrupted(by: corruption, on: ThreadPool(threadCount: 1))
    #expect(data.corrupted(by: corruption, on: ThreadPool(threadCount: 3)).digest == spoiled.digest)
    #expect(spoiled.digest != data.digest && spoiled.train.pixels == data.train.pixels)
    let some = data.spoiled([7, 2], of: .test, by: corruption, on: ThreadPool(threadCount: 2))
    #expect(Array(some.test.image(at: 0)) == Array(spoiled.test.image(at: 7)))
    #expect(some.test.labels == [data.test.labels[7], data.test.labels[2]])
    let strip = data.spoiled(2, of: .test, by: [nil, corruption], on: ThreadPool(threadCount: 2))
    #expect(Array(strip.test.image(at: 0)) == Array(data.test.image(at: 2)))
    #expect(Array(strip.test.image(at: 1)) == Array(spoiled.test.image(at: 2)))
  }

  @Test func sourceLeadsToTheSameBytes() throws {
    let kind = try #require(Corruption.kind(named: "gaussian_noise"))
    let spoiled = try signs().corrupted(
      by: Corruption(kind, strength: 8, seed: 4), on: ThreadPool(threadCount: 2))
    let again = try DataSet.load(spoiled.source, cache: nil)
    #expect(again.digest == spoiled.digest && again.source == spoiled.source)
    let other = try signs().corrupted(
      by: Corruption(kind, strength: 8, seed: 5), on: ThreadPool(threadCount: 2))
    #expect(other.digest != spoiled.digest)
  }

  /// Images of any shape, at both ends of the range.
  @Test(arguments: Corruption.kinds.map(\.name), [(1, 1, 1), (2, 3, 3), (5, 1, 2), (9, 9, 4)])
  func anyShapeWillDo(name: String, shape: (Int, Int, Int)) throws {
    let kind = try #require(Corruption.kind(named: name))
    let shape = ImageShape(height: shape.0, width: shape.1, channels: shape.2)
    let image = (0..<shape.count).map { UInt8(truncatingIfNeeded: 91 * $0) }
    for strength in [kind.range.lowerBound, kind.range.upperBound] + (kind.severities ?? []) {
      var random = RandomStream(seed: 1)
      let result = kind.corrupted(image, shape, strength: strength, using: &random)
      #expect(result.count == image.count)
    }
  }
}
