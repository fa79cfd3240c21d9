import Inspection
import Tensors
import TestSupport
import Testing

struct TSNETests {
  private func settings(_ change: (inout TSNE.Settings) -> Void) -> TSNE.Settings {
    var settings = TSNE.Settings()
    change(&settings)
    return settings
  }

  /// 200 digits from a given map, with a perplexity of 20, ten steps with exaggeration and ten
  /// without.
  private func given(_ digits: Digits) throws -> TSNE {
    var start = digits.givenMap
    start.elements = start.elements.map { $0 * 0.01 }
    return try TSNE(
      digits.pixels(0..<200),
      settings: settings {
        $0.perplexity = 20
        $0.iterations = 20
        $0.exaggeratedIterations = 10
        $0.learningRate = 50
      }, start: start, on: pool)
  }

  @Test func affinitiesAreThoseOfTheDefinition() throws {
    let digits = try Digits.read()
    let p = try given(digits).affinities
    let golden = digits.tsne.affinities
    for row in 0..<200 {
      let sum = p[row * 200..<(row + 1) * 200].reduce(0.0) { $0 + Double($1) }
      #expect(isNear(sum / golden.rowSums[row], 1, within: 1e-5))
    }
    for (place, expected) in golden.sample.enumerated() {
      let found = Double(p[place / 10 * 20 * 200 + place % 10 * 20])
      #expect(abs(found - expected) < 1e-5 * expected + 1e-12, "\(place)")
    }
    #expect(abs(p.reduce(0.0) { $0 + Double($1) } - 1) < 1e-6)
  }

  @Test func gradientAndStepsAreThoseOfScikitLearn() throws {
    let digits = try Digits.read()
    let golden = digits.tsne
    var map = try given(digits)
    #expect(isNear(map.divergence(on: pool), golden.divergence, within: 1e-6))
    let gradient = map.gradient(exaggeration: 1, on: pool)
    #expect(golden.gradient.count == 58 && golden.afterSteps.count == 58)
    for (index, expected) in golden.gradient.enumerated() {
      let place = 7 * index
      let axis = place % 2 == 0 ? gradient.x : gradient.y
      #expect(abs(Double(axis[place / 2]) - expected) < 1e-7, "\(place)")
    }
    while !map.isFinished { map.step(on: pool) }
    let largest = golden.afterSteps.reduce(0) { max($0, abs($1)) }
    for (index, expected) in golden.afterSteps.enumerated() {
      let found = Double(map.points.elements[7 * index])
      #expect(abs(found - expected) < 1e-3 * largest, "\(index): \(found), \(expected)")
    }
  }

  /// The first principal component with a deviation of 10⁻⁴, the second as it lies beside it.
  @Test func mapBeginsSmall() throws {
    let rows = try Digits.read().pixels(0..<100)
    let components = try PrincipalComponents(rows, count: 2, on: pool)
    let start = try TSNE(rows, on: pool).points
    let scale = 1e-4 / (components.variances[0] * 99 / 100).squareRoot()
    for (a, b) in zip(start.elements, components.projection(of: rows, on: pool).elements) {
      #expect(abs(Double(a) - Double(b) * scale) < 1e-9)
    }
  }

  @Test func learningRateFollowsFromTheRows() {
    #expect(TSNE.Settings().rate(rows: 600) == 50 && TSNE.Settings().rate(rows: 4800) == 100)
    #expect(settings { $0.learningRate = 7 }.rate(rows: 600) == 7)
    #expect(TSNE.Settings.largestPerplexity(rows: 91) == 30)
  }

  /// All 600 digits, as scikit-learn does it by itself.
  @Test func mapIsAsGoodAsScikitLearns() throws {
    let digits = try Digits.read()
    let rows = digits.pixels(0..<600)
    var map = try TSNE(rows, on: pool)
    while !map.isFinished { map.step(on: pool) }
    #expect(map.iteration == 1000)
    let trust = try trustworthiness(of: map.points, showing: rows, neighbours: 12, on: pool)
    #expect(abs(try #require(trust) - digits.tsne.trustworthiness) < 0.01)
    let divergence = map.divergence(on: pool)
    #expect(abs(divergence - digits.tsne.finalDivergence) < 0.02, "\(divergence)")
  }

  @Test func threadsDoNotMatter() throws {
    let rows = try Digits.read().pixels(0..<333)
    let maps = try [1, 2, 3].map { threads in
      let pool = ThreadPool(threadCount: threads)
      var map = try TSNE(rows, settings: settings { $0.iterations = 60 }, on: pool)
      while !map.isFinished { map.step(on: pool) }
      return map
    }
    #expect(maps[0] == maps[1] && maps[0] == maps[2])
  }

  /// A copy goes on by itself, and both come to the same.
  @Test func mapIsAValueThatSteps() throws {
    var map = try given(Digits.read())
    for _ in 0..<5 { map.step(on: pool) }
    var copy = map
    let before = map.points
    map.step(on: pool)
    #expect(copy.points == before && map.points != before && map.iteration == 6)
    copy.step(on: pool)
    #expect(copy == map)
  }

  /// Around the 16 points of a vector, and with rows of which many are equal.
  @Test(arguments: [5, 15, 16, 17, 33])
  func equalRowsLieTogether(count: Int) throws {
    let rows = Tensor(
      [count, 2], (0..<count).flatMap { $0 < count / 2 ? [1, 1] : [4, Float($0)] })
    var map = try TSNE(
      rows, settings: settings { $0.perplexity = TSNE.Settings.largestPerplexity(rows: count) },
      on: pool)
    for _ in 0..<300 { map.step(on: pool) }
    #expect(map.points.elements.allSatisfy { $0.isFinite })
    for point in 1..<count / 2 {
      #expect(abs(map.points.elements[2 * point] - map.points.elements[0]) < 1e-3)
      #expect(abs(map.points.elements[2 * point + 1] - map.points.elements[1]) < 1e-3)
    }
  }

  @Test func allRowsEqualStayAtOnePoint() throws {
    var map = try TSNE(
      Tensor([8, 3], [Float](repeating: 0.3, count: 24)), settings: settings { $0.perplexity = 2 },
      on: pool)
    for _ in 0..<260 { map.step(on: pool) }
    #expect(map.points.elements.allSatisfy { $0 == 0 })
  }

  @Test func rowsThatCannotBeLaidOutAreRefused() {
    let few = Tensor([10, 1], (0..<10).map { Float($0) })
    #expect(throws: ProjectionError.tooFewRows(rows: 10, perplexity: 30)) {
      try TSNE(few, on: pool)
    }
    for perplexity in [0.5, .nan] {
      #expect(throws: ProjectionError.self) {
        try TSNE(few, settings: settings { $0.perplexity = perplexity }, on: pool)
      }
    }
    var broken = few
    broken.elements[7] = .nan
    #expect(throws: ProjectionError.notFinite(row: 7)) {
      try TSNE(broken, settings: settings { $0.perplexity = 3 }, on: pool)
    }
  }
}
