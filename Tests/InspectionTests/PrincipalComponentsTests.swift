import Inspection
import Randomness
import Tensors
import Testing

struct PrincipalComponentsTests {
  /// 400 rows of 64 features, and 40: from the features' side and from the rows'.
  @Test(arguments: [400, 40]) func componentsAreThoseOfScikitLearn(count: Int) throws {
    let digits = try Digits.read()
    let golden = count == 400 ? digits.pca : digits.widePCA
    let found = try PrincipalComponents(digits.pixels(0..<count), count: 5, on: pool)
    for index in 0..<5 {
      #expect(isNear(found.variances[index], golden.variances[index]))
      #expect(isNear(found.shares[index], golden.shares[index]))
    }
    for (place, expected) in golden.components.enumerated() {
      #expect(isNear(Double(found.components.elements[7 * place]), expected, within: 1e-6))
    }
    let others = found.projection(of: digits.pixels(400..<600), on: pool)
    #expect(others.shape == [200, 5])
    for (place, expected) in golden.others.enumerated() {
      #expect(isNear(Double(others.elements[13 * place]), expected, within: 1e-6))
    }
  }

  @Test(arguments: [(30, 8), (8, 30)])
  func allComponentsGiveTheRowsBack(rows: Int, features: Int) throws {
    var random = RandomStream(seed: 4)
    let x = Tensor([rows, features], (0..<rows * features).map { _ in random.normal() + 3 })
    let found = try PrincipalComponents(x, count: 8, on: pool)
    #expect(abs(found.shares.reduce(0, +) - 1) < 1e-12)
    let back = found.reconstruction(of: found.projection(of: x, on: pool), on: pool)
    for (a, b) in zip(back.elements, x.elements) { #expect(abs(a - b) < 1e-5) }
  }

  @Test func componentsAreUprightAndOrthonormal() throws {
    let found = try PrincipalComponents(Digits.read().pixels(0..<300), count: 10, on: pool)
    for i in 0..<10 {
      let axis = found.components.elements[i * 64..<(i + 1) * 64]
      #expect(axis.max().map { $0 >= -(axis.min() ?? 0) } == true)
      for j in 0...i {
        let other = found.components.elements[j * 64..<(j + 1) * 64]
        let product = zip(axis, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-6)
      }
    }
    #expect(found.variances == found.variances.sorted(by: >))
  }

  /// On a line there is one direction, on a point none; more than there are come out as zeros.
  @Test func directionsThatAreNotThereAreZeros() throws {
    let line = Tensor([50, 3], (0..<50).flatMap { [0.1 * Float($0), 7, 0.2 * Float($0)] })
    let one = try PrincipalComponents(line, count: 4, on: pool)
    #expect(one.components.shape == [4, 3])
    #expect(abs(one.shares[0] - 1) < 1e-12 && one.shares[1...].allSatisfy { $0 == 0 })
    #expect(one.components.elements[3...].allSatisfy { $0 == 0 })
    #expect(abs(one.components.elements[2] - 0.894_427) < 1e-5)
    for rows in [0, 1, 9] {
      let same = Tensor([rows, 2], [Float](repeating: 0.1, count: 2 * rows))
      let none = try PrincipalComponents(same, count: 2, on: pool)
      #expect(none.variances == [0, 0] && none.shares == [0, 0])
      #expect(none.projection(of: same, on: pool).elements.allSatisfy { $0 == 0 })
    }
  }

  @Test func threadsDoNotMatter() throws {
    let x = try Digits.read().pixels(0..<500)
    let found = try [1, 2, 3].map {
      try PrincipalComponents(x, count: 6, on: ThreadPool(threadCount: $0))
    }
    #expect(found[0] == found[1] && found[0] == found[2])
  }

  @Test func rowWithoutNumbersIsNamed() {
    #expect(throws: ProjectionError.notFinite(row: 2)) {
      try PrincipalComponents(Tensor([3, 2], [1, 2, 3, 4, 5, .nan]), count: 1, on: pool)
    }
  }
}
