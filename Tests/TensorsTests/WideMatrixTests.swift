import Randomness
import Tensors
import Testing

struct WideMatrixTests {
  private func matrix(_ rows: Int, _ columns: Int, seed: UInt64 = 3) -> WideMatrix {
    var random = RandomStream(seed: seed)
    return WideMatrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in Double(random.normal()) })
  }

  private func transposed(_ a: WideMatrix) -> WideMatrix {
    WideMatrix(
      rows: a.columns, columns: a.rows,
      elements: (0..<a.columns).flatMap { column in (0..<a.rows).map { a[$0, column] } })
  }

  /// Σ_k a_ik b_kj
  private func plain(_ a: WideMatrix, _ b: WideMatrix) -> [Double] {
    (0..<a.rows).flatMap { i in
      (0..<b.columns).map { j in (0..<a.columns).reduce(0) { $0 + a[i, $1] * b[$1, j] } }
    }
  }

  /// Around the pieces' 128 rows, and without numbers.
  @Test(arguments: [(1, 1, 1), (127, 3, 5), (128, 7, 2), (300, 4, 129), (0, 3, 2), (3, 0, 2)])
  func productsAreThoseOfTheDefinition(rows: Int, inner: Int, columns: Int) {
    let (a, b) = (matrix(rows, inner), matrix(inner, columns, seed: 4))
    let expected = plain(a, b)
    let products = [1, 3].flatMap { threads in
      let pool = ThreadPool(threadCount: threads)
      return [
        a.times(b, on: pool), a.times(transposeOf: transposed(b), on: pool),
        transposed(a).transposeTimes(b, on: pool),
      ]
    }
    for product in products {
      #expect(product.rows == rows && product.columns == columns)
      #expect(zip(product.elements, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
    #expect(products[0] == products[3] && products[1] == products[4] && products[2] == products[5])
    let some = a.innerProducts(rows / 3..<rows, with: transposed(b))
    #expect(zip(some, expected[(rows / 3 * columns)...]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(some.count == (rows - rows / 3) * columns)
  }

  @Test(arguments: [(1, 1), (5, 5), (60, 4), (200, 7)])
  func eigenvectorsAreWhatTheyAreCalled(order: Int, count: Int) throws {
    let pool = ThreadPool(threadCount: 1)
    let x = matrix(order + 3, order)
    let a = x.transposeTimes(x, on: pool)
    let (values, vectors) = try #require(a.largestEigenvectors(count))
    #expect(values.count == count && vectors.rows == count && vectors.columns == order)
    #expect(values == values.sorted(by: >))
    let products = vectors.times(a, on: pool)
    for index in 0..<count {
      for place in 0..<order {
        #expect(abs(products[index, place] - values[index] * vectors[index, place]) < 1e-9)
      }
    }
    let lengths = vectors.squaredNorms
    #expect(lengths.allSatisfy { abs($0 - 1) < 1e-12 })
    // They are the largest: all of them add up to the trace.
    let all = try #require(a.largestEigenvectors(order)).values
    #expect(zip(values, all).allSatisfy { abs($0 - $1) < 1e-9 })
    let trace = (0..<order).reduce(0.0) { $0 + a[$1, $1] }
    #expect(abs(all.reduce(0, +) - trace) < 1e-9 * trace)
  }

  @Test func matrixWithoutNumbersHasNoEigenvectors() {
    let broken = WideMatrix(rows: 2, columns: 2, elements: [1, .nan, .nan, 1])
    #expect(broken.largestEigenvectors(1) == nil)
    #expect(WideMatrix(rows: 0, columns: 0, elements: []).largestEigenvectors(0)?.values == [])
  }

  @Test func columnsAreCentered() {
    var a = WideMatrix(Tensor([2, 1, 2], [1, 0.1, 4, 0.1]))
    #expect(a.rows == 2 && a.columns == 2)
    #expect(a.columnMeans == [2.5, Double(Float(0.1))])
    a.subtract(a.columnMeans)
    #expect(a.elements == [-1.5, 0, 1.5, 0] && a.squaredNorms == [2.25, 2.25])
    #expect(a.tensor == Tensor([2, 2], [-1.5, 0, 1.5, 0]))
  }
}
