import Learning
import Networks
import Randomness
import Tensors
import Testing

/// Ridge regression from sums against the same solved from the images themselves.
struct RidgeTests {
  static let pool = ThreadPool(threadCount: 1)
  static let features = 140
  static let classes = 6
  /// Images of each class: fewer in all than features, as in a first task.
  static let counts = [9, 30, 1, 17, 22, 40]

  /// Features of unlike means and sizes, some of them alike; one never varies.
  private struct Images {
    var x: [[Float]] = []
    var labels: [Int] = []

    init() {
      var random = RandomStream(seed: 77)
      for (label, count) in RidgeTests.counts.enumerated() {
        for _ in 0..<count {
          let shared = random.normal()
          x.append(
            (0..<RidgeTests.features).map { feature in
              feature == 5
                ? 0.1
                : Float(feature % 7) * (random.normal() + shared + Float(label * feature % 5)) + 3
            })
          labels.append(label)
        }
      }
    }
  }

  private func sums(_ images: Images, classes order: [Int], batch: Int) -> RidgeSums {
    var sums = RidgeSums(features: Self.features)
    for (position, label) in order.enumerated() {
      sums.grow(classes: position + 1)
      let rows = images.labels.indices.filter { images.labels[$0] == label }
      for start in stride(from: 0, to: rows.count, by: batch) {
        let part = rows[start..<min(start + batch, rows.count)]
        sums.add(
          Tensor([part.count, Self.features], part.flatMap { images.x[$0] }),
          labels: part.map { _ in position }, on: Self.pool)
      }
    }
    return sums
  }

  /// Standardized features, centred one-hot targets, normal equations, Gaussian elimination.
  private func direct(_ images: Images, ridge: Double) -> (weights: [[Double]], bias: [Double]) {
    let (n, d) = (images.x.count, Self.features)
    var x = images.x.map { $0.map(Double.init) }
    var (means, deviations) = ([Double](repeating: 0, count: d), [Double](repeating: 0, count: d))
    for feature in 0..<d {
      means[feature] = x.reduce(0) { $0 + $1[feature] } / Double(n)
      deviations[feature] =
        (x.reduce(0) { $0 + ($1[feature] - means[feature]) * ($1[feature] - means[feature]) }
        / Double(n)).squareRoot()
      for row in 0..<n {
        x[row][feature] =
          deviations[feature] < 1e-9 ? 0 : (x[row][feature] - means[feature]) / deviations[feature]
      }
    }
    var a = (0..<d).map { row in
      (0..<d).map { column in
        x.reduce(0) { $0 + $1[row] * $1[column] } / Double(n) + (row == column ? ridge : 0)
      }
    }
    let shares = Self.counts.map { Double($0) / Double(n) }
    var b = (0..<d).map { feature in
      (0..<Self.classes).map { label in
        (0..<n).reduce(0) {
          $0 + x[$1][feature] * ((images.labels[$1] == label ? 1 : 0) - shares[label])
        } / Double(n)
      }
    }
    for pivot in 0..<d {
      for row in pivot + 1..<d {
        let factor = a[row][pivot] / a[pivot][pivot]
        for column in pivot..<d { a[row][column] -= factor * a[pivot][column] }
        for label in 0..<Self.classes { b[row][label] -= factor * b[pivot][label] }
      }
    }
    for pivot in stride(from: d - 1, through: 0, by: -1) {
      for label in 0..<Self.classes {
        for column in pivot + 1..<d { b[pivot][label] -= a[pivot][column] * b[column][label] }
        b[pivot][label] /= a[pivot][pivot]
      }
    }
    var bias = shares
    for feature in 0..<d {
      for label in 0..<Self.classes {
        b[feature][label] = deviations[feature] < 1e-9 ? 0 : b[feature][label] / deviations[feature]
        bias[label] -= b[feature][label] * means[feature]
      }
    }
    return (b, bias)
  }

  @Test(arguments: [0.001, 0.1, 10])
  func solutionIsThatOfJointRidgeRegression(ridge: Double) throws {
    let images = Images()
    let expected = direct(images, ridge: ridge)
    let order = Array(0..<Self.classes)
    let found = try #require(
      sums(images, classes: order, batch: 8).solution(ridge: ridge, on: Self.pool))
    for label in order {
      #expect(abs(found.intercepts[label] - expected.bias[label]) < 1e-6)
      for feature in 0..<Self.features {
        #expect(
          abs(found.weights[feature * Self.classes + label] - expected.weights[feature][label])
            < 1e-8)
      }
    }
  }

  @Test(arguments: [[5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 3, 4], [3, 5, 0, 4, 2, 1]])
  func orderOfClassesAndSizeOfBatchesDoNotMatter(order: [Int]) throws {
    let images = Images()
    let natural = try #require(
      sums(images, classes: Array(0..<Self.classes), batch: 64).solution(
        ridge: 0.01, on: Self.pool))
    let other = try #require(
      sums(images, classes: order, batch: 5).solution(ridge: 0.01, on: Self.pool))
    for (position, label) in order.enumerated() {
      #expect(abs(other.intercepts[position] - natural.intercepts[label]) < 1e-9)
      for feature in 0..<Self.features {
        let place = feature * Self.classes
        #expect(abs(other.weights[place + position] - natural.weights[place + label]) < 1e-9)
      }
    }
  }

  @Test func nothingComesOfNothing() {
    var sums = RidgeSums(features: 3)
    sums.grow(classes: 2)
    #expect(sums.solution(ridge: 1, on: Self.pool) == nil)
  }

  /// Room for fewer classes than there are takes none away.
  @Test func sumsGrowOnly() {
    var sums = RidgeSums(features: 3)
    sums.grow(classes: 4)
    sums.grow(classes: 2)
    #expect(sums.classes == 4 && sums.classSums.count == 12)
  }

  /// A file's sums have to agree in their sizes, and no mass is below 0.
  @Test func filesAreHeldToTheirSizes() throws {
    let sums = sums(Images(), classes: Array(0..<Self.classes), batch: 64)
    #expect(try sums.forged("counts") { $0 } == sums)
    #expect(throws: DecodingError.self) { try sums.forged("classSums", shortened) }
    #expect(throws: DecodingError.self) {
      try sums.forged("counts") { _ in [-1, 30, 1, 17, 22, 40] }
    }
  }

  @Test func scoresAreThoseOfTheCoefficients() throws {
    let images = Images()
    let solution = try #require(
      sums(images, classes: Array(0..<Self.classes), batch: 64).solution(ridge: 0.1, on: Self.pool))
    let x = Tensor([images.x.count, Self.features], images.x.flatMap(\.self))
    let scores = solution.classifier.outputs(x, on: Device(threads: 1))
    for row in [0, 50, images.x.count - 1] {
      for label in 0..<Self.classes {
        let expected = (0..<Self.features).reduce(solution.intercepts[label]) {
          $0 + Double(images.x[row][$1]) * solution.weights[$1 * Self.classes + label]
        }
        #expect(abs(Double(scores.elements[row * Self.classes + label]) - expected) < 1e-3)
      }
    }
  }

  /// An image of weight 3 counts as three images.
  @Test func weightsCountAsCopies() throws {
    let images = Images()
    let weights = [1.0, 3, 2, 1, 2, 1]
    var (weighted, copied) = (
      RidgeSums(features: Self.features), RidgeSums(features: Self.features)
    )
    weighted.grow(classes: Self.classes)
    copied.grow(classes: Self.classes)
    for (x, label) in zip(images.x, images.labels) {
      let row = Tensor([1, Self.features], x)
      weighted.add(row, labels: [label], weights: [weights[label]], on: Self.pool)
      for _ in 0..<Int(weights[label]) { copied.add(row, labels: [label], on: Self.pool) }
    }
    #expect(weighted.masses == copied.masses)
    let found = try #require(weighted.solution(ridge: 0.03, on: Self.pool))
    let expected = try #require(copied.solution(ridge: 0.03, on: Self.pool))
    for (a, b) in zip(found.weights, expected.weights) { #expect(abs(a - b) < 1e-9) }
    for (a, b) in zip(found.intercepts, expected.intercepts) { #expect(abs(a - b) < 1e-9) }
  }
}
