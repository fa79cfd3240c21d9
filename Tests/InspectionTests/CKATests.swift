import Inspection
import Randomness
import Tensors
import Testing

struct CKATests {
  private func linearCKA(_ x: Tensor, _ y: Tensor) -> Double? {
    CenteredFeatures(x, on: pool).alignment(with: CenteredFeatures(y, on: pool), on: pool)
  }

  @Test func alignmentIsThatOfTheDefinition() throws {
    let digits = try Digits.read()
    func alignment(_ rows: Range<Int>, _ first: Range<Int>, _ second: Range<Int>) -> Double? {
      linearCKA(digits.pixels(rows, columns: first), digits.pixels(rows, columns: second))
    }
    let halves = try #require(alignment(0..<600, 0..<32, 32..<64))
    #expect(isNear(halves, digits.cka.ofHalves))
    let few = try #require(alignment(0..<20, 0..<32, 32..<64))
    #expect(isNear(few, digits.cka.ofFewImages))
    let unequal = try #require(alignment(0..<600, 0..<10, 10..<64))
    #expect(isNear(unequal, digits.cka.ofUnequalWidths))
    #expect(alignment(0..<600, 32..<64, 0..<32).map { isNear($0, halves, within: 1e-12) } == true)
  }

  /// Rotations, scales and shifts change nothing; another set of features does.
  @Test(arguments: [200, 20]) func rotationAndScaleDoNotMatter(images: Int) throws {
    let x = try Digits.read().pixels(0..<images, columns: 10..<58)
    var turned = x
    var random = RandomStream(seed: 2)
    for _ in 0..<400 {
      let (i, j) = (random.index(below: 48), random.index(below: 48))
      guard i != j else { continue }
      for row in 0..<images {
        let (a, b) = (turned.elements[row * 48 + i], turned.elements[row * 48 + j])
        turned.elements[row * 48 + i] = 0.8 * a - 0.6 * b
        turned.elements[row * 48 + j] = 0.6 * a + 0.8 * b
      }
    }
    turned.elements = turned.elements.map { -0.01 * $0 + 5 }
    #expect(try #require(linearCKA(x, turned)) > 0.999_99)
    #expect(try #require(linearCKA(x, x)) <= 1)
    var noise = x
    noise.elements = noise.elements.map { _ in random.normal() }
    #expect(try #require(linearCKA(x, noise)) < 0.9)
  }

  @Test func featuresThatNeverVaryHaveNoAlignment() {
    let x = Tensor([4, 2], [1, 2, 3, 4, 5, 6, 7, 9])
    let same = Tensor([4, 1], [0.1, 0.1, 0.1, 0.1])
    #expect(linearCKA(x, same) == nil && linearCKA(same, x) == nil)
    #expect(linearCKA(x, Tensor([4, 1], [1, 2, .nan, 3])) == nil)
    #expect(linearCKA(x, x).map { isNear($0, 1) } == true)
  }

  @Test func distanceOfWeightsIsRelative() {
    let before = Block([3, 0, 4])
    #expect(relativeDistance(from: before, to: before) == 0)
    #expect(relativeDistance(from: before, to: Block([3, 2.5, 4])) == 0.5)
    #expect(relativeDistance(from: before, to: Block([0, 0, 0])) == 1)
    #expect(relativeDistance(from: Block([0]), to: Block([1])) == nil)
    #expect(relativeDistance(from: before, to: Block([.nan, 0, 4])) == nil)
  }
}
