import Datasets
import Learning
import Networks
import Randomness
import Tensors
import Testing

/// GEM: g ← g + Gᵀv where any Gg < 0, v the solution of a quadratic program over v ≥ γ (Lopez-Paz and
/// Ranzato 2017, equation 11), here found by trying every set of coordinates that lie on the bound.
struct GradientEpisodicMemoryFormulaTests {
  @Test(arguments: [0, 0.5]) func stepIsTurnedTowardsEveryOldTask(margin: Double) throws {
    var course = try FollowedRun(
      "gem", ["memory": .integer(12), "epochs": .integer(6), "margin": .real(margin)])
    var turned = [0, 0, 0]
    for task in 0..<3 {
      try course.beginTask()
      let images = course.images(ofTask: task)
      let labels = course.data.train.labels
      let exemplars = (0..<task).map { old in
        course.memory.filter { course.run.tasks.tasks[old].contains(labels[$0]) }
      }
      for step in 0..<6 {
        let before = PlainLinear(course.run.network)
        func gradient(_ images: [Int]) -> [Double] {
          let x = course.pixels(images)
          return before.gradient(x, course.crossEntropy(images, x.map { before($0) }).slopes)
        }
        var slope = gradient(images)
        let rows = exemplars.map(gradient)
        if rows.contains(where: { dot($0, slope) < 0 }) {
          let v = enumerated(
            rows.map { row in rows.map { dot(row, $0) } }, rows.map { dot($0, slope) },
            lower: margin)
          for (weight, row) in zip(v, rows) {
            slope = zip(slope, row).map { $0 + weight * $1 }
          }
          turned[task] += 1
        }
        _ = try course.train()
        expectNear(
          course.weights, before.stepped(along: slope, rate: FollowedRun.rate).weights,
          "the weights in task \(task), step \(step)")
      }
      try course.endTask()
    }
    #expect(turned[0] == 0 && turned[1] > 0 && turned[2] > 0)
  }

  @Test func minimumIsFoundWhateverLiesOnTheBound() {
    var random = RandomStream(seed: 11)
    func number() -> Double { Double(random.uniform()) * 2 - 1 }
    var bound = Set<Int>()
    for count in 1...5 {
      for _ in 0..<20 {
        let rows = (0..<count).map { _ in (0..<7).map { _ in number() } }
        let gram = rows.map { row in rows.map { dot(row, $0) } }
        let vector = (0..<count).map { _ in 3 * number() }
        let expected = enumerated(gram, vector, lower: 0.25)
        expectNear(
          boundedMinimum(gram, vector, lower: 0.25), expected, tolerance: 1e-7, "the minimum")
        bound.insert(expected.count { $0 == 0.25 })
      }
    }
    #expect(bound.isSuperset(of: 0...3))
  }

  /// Alike references have one answer, those without a gradient ask for nothing, and no number is lost.
  @Test func degenerateProgramsHaveAnAnswer() {
    let alike = boundedMinimum([[1, 1], [1, 1]], [-1, -1], lower: 0)
    #expect(abs(alike[0] - alike[1]) < 1e-6)
    #expect(abs(alike[0] + alike[1] - 1) < 1e-2)
    #expect(boundedMinimum([[0]], [0], lower: 0.5) == [0.5])
    #expect(boundedMinimum([], [], lower: 0.5).isEmpty)
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The smallest value over all choices of coordinates on the bound, the others solved for.
  private func enumerated(
    _ matrix: [[Double]], _ vector: [Double], lower: Double
  ) -> [Double] {
    let count = vector.count
    let ridge = 1e-3 * matrix.indices.reduce(0) { $0 + matrix[$1][$1] } / Double(count)
    let a = matrix.indices.map { i in
      matrix.indices.map { matrix[i][$0] + (i == $0 ? ridge : 0) }
    }
    var best: (value: Double, v: [Double])?
    for mask in 0..<1 << count {
      let free = (0..<count).filter { mask >> $0 & 1 == 1 }
      let held = (0..<count).filter { mask >> $0 & 1 == 0 }
      var v = [Double](repeating: lower, count: count)
      let right = free.map { i in
        -vector[i] - held.reduce(0) { $0 + a[i][$1] * lower }
      }
      for (i, x) in zip(free, solved(free.map { i in free.map { a[i][$0] } }, right)) { v[i] = x }
      guard v.allSatisfy({ $0 >= lower - 1e-12 }) else { continue }
      let value = (0..<count).reduce(0) { sum, i in
        sum + vector[i] * v[i] + 0.5 * v[i] * dot(a[i], v)
      }
      if best.map({ value < $0.value }) ?? true { best = (value, v) }
    }
    return best?.v ?? []
  }

  /// Gaussian elimination with the largest pivot of each column.
  private func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var rows = zip(matrix, right).map { $0 + [$1] }
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in 0..<count where row != column {
        let factor = rows[row][column] / rows[column][column]
        for k in column...count { rows[row][k] -= factor * rows[column][k] }
      }
    }
    return rows.indices.map { rows[$0][count] / rows[$0][$0] }
  }
}
