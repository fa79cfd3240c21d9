import Foundation
import Randomness
import Tensors
import Testing

struct SymmetricMatrixTests {
  /// Around the panels' 128 rows: less than one, one, a little more, several.
  static let orders = [1, 2, 17, 127, 128, 129, 300]

  /// [rows, order]
  private func rows(_ count: Int, order: Int, seed: UInt64 = 5) -> [Double] {
    var random = RandomStream(seed: seed)
    return (0..<count * order).map { _ in Double(random.normal()) }
  }

  private func gram(
    _ x: [Double], order: Int, ridge: Double = 0, threads: Int = 1
  ) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(zeros: order)
    let pool = ThreadPool(threadCount: threads)
    // In two goes: sums add up.
    let first = x.count / order / 3
    x.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      matrix.addProducts(base, count: first, on: pool)
      matrix.addProducts(base + first * order, count: x.count / order - first, on: pool)
    }
    for row in 0..<order { matrix[row, row] += ridge }
    return matrix
  }

  @Test(arguments: orders)
  func productsAreThoseOfTheDefinition(order: Int) {
    let count = 9
    let x = rows(count, order: order)
    let matrix = gram(x, order: order)
    for row in 0..<order {
      for column in [0, row / 2, row, order - 1] {
        let sum = (0..<count).reduce(0.0) { $0 + x[$1 * order + row] * x[$1 * order + column] }
        #expect(abs(matrix[row, column] - sum) < 1e-12 * Double(count))
        #expect(matrix[row, column] == matrix[column, row])
      }
    }
  }

  /// Set number by number, a matrix is the one that products make, in all that is kept of it.
  @Test(arguments: [3, 130])
  func numbersThatAreSetAreKeptAsProductsAre(order: Int) {
    let x = (0..<order).map { Double($0 % 7 - 3) }
    var matrix = SymmetricMatrix(zeros: order)
    for row in 0..<order {
      for column in 0...row { matrix[row, column] = x[row] * x[column] }
    }
    #expect(gram(x, order: order) == matrix)
  }

  /// The correlation of features i and j is the mean of (xᵢ − mᵢ)(xⱼ − mⱼ) / (sᵢ sⱼ). The second
  /// feature never varies.
  @Test(arguments: [2, 5, 130])
  func standardizedMatrixHoldsCorrelations(order: Int) {
    let (count, ridge) = (9, 0.25)
    var x = rows(count, order: order)
    for row in 0..<count { x[row * order + 1] = 3 }
    func mean(_ value: (_ row: Int) -> Double) -> Double {
      (0..<count).reduce(0.0) { $0 + value($1) } / Double(count)
    }
    let means = (0..<order).map { feature in mean { x[$0 * order + feature] } }
    func covariance(_ i: Int, _ j: Int) -> Double {
      mean { (x[$0 * order + i] - means[i]) * (x[$0 * order + j] - means[j]) }
    }
    let scales = (0..<order).map { $0 == 1 ? 0 : 1 / covariance($0, $0).squareRoot() }
    var matrix = gram(x, order: order)
    matrix.standardize(
      images: Double(count), means: means, scales: scales, adding: ridge,
      on: ThreadPool(threadCount: 2))
    for row in 0..<order {
      for column in [0, 1, row / 2, row] where column <= row {
        let expected =
          row == column
          ? ridge + (row == 1 ? 0 : 1)
          : covariance(row, column) * scales[row] * scales[column]
        #expect(abs(matrix[row, column] - expected) < 1e-12 * 100, "\(row), \(column)")
      }
    }
  }

  @Test(arguments: orders)
  func solutionSolves(order: Int) throws {
    let matrix = gram(rows(order / 2 + 3, order: order), order: order, ridge: 0.5)
    let columns = 3
    let b = rows(columns, order: order, seed: 9)
    var x = b
    try #require(CholeskyFactor(matrix, on: ThreadPool(threadCount: 2))).solve(
      &x, columns: columns)
    for row in 0..<order {
      for column in 0..<columns {
        let product = (0..<order).reduce(0.0) { $0 + matrix[row, $1] * x[$1 * columns + column] }
        #expect(abs(product - b[row * columns + column]) < 1e-9)
      }
    }
  }

  @Test func threadsDoNotMatter() throws {
    let order = 300
    let x = rows(200, order: order)
    let one = gram(x, order: order, ridge: 1)
    let four = gram(x, order: order, ridge: 1, threads: 4)
    #expect(one == four)
    let solutions = try [1, 4].map { threads in
      var b = rows(2, order: order, seed: 9)
      try #require(CholeskyFactor(one, on: ThreadPool(threadCount: threads))).solve(&b, columns: 2)
      return b
    }
    #expect(solutions[0] == solutions[1])
  }

  @Test(arguments: [(0, 0), (130, 130), (299, 299)])
  func matrixThatIsNotPositiveDefiniteHasNoFactor(place: (Int, Int)) {
    var matrix = gram(rows(400, order: 300), order: 300)
    #expect(CholeskyFactor(matrix, on: ThreadPool(threadCount: 1)) != nil)
    matrix[place.0, place.1] = -1
    #expect(CholeskyFactor(matrix, on: ThreadPool(threadCount: 1)) == nil)
  }

  private final class Shelf: TensorStorage, @unchecked Sendable {
    private var kept: [[Float]] = []

    func store(_ elements: [Float]) throws -> String {
      kept.append(elements)
      return "\(kept.count - 1)"
    }

    func elements(for key: String) throws -> [Float] { Int(key).map { kept[$0] } ?? [] }
  }

  /// Half of these words are no numbers when they are read as floats.
  @Test func sumsAreSavedToTheBit() throws {
    let sums: [Double] = [
      0, -0.0, 1.0 / 3, -1e300, .leastNonzeroMagnitude, .pi,
      Double(bitPattern: 0x3FF0_0000_7F80_0001),
    ]
    for storage in [nil, Shelf()] {
      let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
      if let storage {
        encoder.userInfo[.tensorStorage] = storage
        decoder.userInfo[.tensorStorage] = storage
      }
      let block = try decoder.decode(WideBlock.self, from: encoder.encode(WideBlock(sums)))
      #expect(block.elements.map(\.bitPattern) == sums.map(\.bitPattern))
      let matrix = gram(rows(5, order: 140), order: 140)
      #expect(
        try decoder.decode(SymmetricMatrix.self, from: encoder.encode(matrix)) == matrix)
    }
  }

  @Test func halfOfTheNumbersAreKept() {
    for order in [1000, 6000] {
      let share = Double(SymmetricMatrix.count(order: order)) / Double(order * order)
      #expect(share < 0.5 + 70 / Double(order))
    }
  }

  @Test func matrixOfTheWrongSizeIsRefused() throws {
    let text = String(
      decoding: try JSONEncoder().encode(SymmetricMatrix(zeros: 3)), as: UTF8.self)
    // −3 squared is as many as 3 squared.
    for order in ["4", "-1", "-3", "9000000000000000000"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(
          SymmetricMatrix.self,
          from: Data(text.replacing("\"order\":3", with: "\"order\":\(order)").utf8))
      }
    }
  }
}
