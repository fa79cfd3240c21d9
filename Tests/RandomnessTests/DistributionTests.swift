import Randomness
import Testing

/// Each with a fixed seed: a bound holds or it does not, on every run.
@Suite struct DistributionTests {
  @Test(arguments: 1...70)
  func indexReachesEveryValueBelowCountAndNoOther(count: Int) {
    var stream = RandomStream(seed: 11).stream(count)
    var seen = [Int](repeating: 0, count: count)
    for _ in 0..<count * 40 {
      let index = stream.index(below: count)
      #expect((0..<count).contains(index))
      if seen.indices.contains(index) { seen[index] += 1 }
    }
    #expect(seen.allSatisfy { $0 > 0 }, "\(seen)")
  }

  /// 99.9 % quantiles of χ² with count − 1 degrees of freedom.
  @Test(arguments: [(2, 10.83), (3, 13.82), (7, 22.46), (10, 27.88), (43, 76.08)])
  func indexIsUniform(count: Int, limit: Double) {
    var stream = RandomStream(seed: 12).stream(count)
    let expected = 2000.0
    var seen = [Double](repeating: 0, count: count)
    for _ in 0..<count * Int(expected) { seen[stream.index(below: count)] += 1 }
    let statistic = seen.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    #expect(statistic < limit, "\(seen)")
  }

  /// 2^64 words on 3 · 2^61 indices: without rejection two of every three indices would have three
  /// words each and the third would have two. 99.9 % quantile of χ² with 2 degrees of freedom.
  @Test func indexRejectsWhatWouldMakeItBiased() {
    let count = 3 << 61
    var stream = RandomStream(seed: 13)
    var thirds = [0.0, 0, 0]
    let draws = 30_000
    for _ in 0..<draws { thirds[stream.index(below: count) % 3] += 1 }
    let expected = Double(draws) / 3
    let statistic = thirds.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    #expect(statistic < 13.82, "\(thirds)")
  }

  @Test func shuffleIsAPermutation() {
    for count in 0..<40 {
      var stream = RandomStream(seed: 14).stream(count)
      var elements = Array(0..<count)
      stream.shuffle(&elements)
      #expect(elements.sorted() == Array(0..<count))
    }
  }

  /// The 24 orders of four elements; 99.9 % quantile of χ² with 23 degrees of freedom.
  @Test func everyOrderIsAsLikely() {
    var stream = RandomStream(seed: 15)
    var seen: [[Int]: Double] = [:]
    for _ in 0..<24_000 {
      var elements = [0, 1, 2, 3]
      stream.shuffle(&elements)
      seen[elements, default: 0] += 1
    }
    #expect(seen.count == 24)
    let statistic = seen.values.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 }
    #expect(statistic < 49.73, "\(seen)")
  }

  @Test func sampleRepeatsNothingAndTakesAllWhenThereAreFewer() {
    for size in 0..<12 {
      for count in 0..<15 {
        var stream = RandomStream(seed: 16).stream(size).stream(count)
        let sample = stream.sample(count, from: Array(100..<100 + size))
        #expect(sample.count == min(count, size))
        #expect(Set(sample).count == sample.count)
        #expect(sample.allSatisfy { (100..<100 + size).contains($0) })
      }
    }
  }

  /// The ten pairs out of five; 99.9 % quantile of χ² with 9 degrees of freedom.
  @Test func everySampleIsAsLikely() {
    var stream = RandomStream(seed: 17)
    var seen: [Set<Int>: Double] = [:]
    for _ in 0..<10_000 { seen[Set(stream.sample(2, from: [0, 1, 2, 3, 4])), default: 0] += 1 }
    #expect(seen.count == 10)
    let statistic = seen.values.reduce(0) { $0 + ($1 - 1000) * ($1 - 1000) / 1000 }
    #expect(statistic < 27.88, "\(seen)")
  }

  /// Means and variances within four standard errors.
  @Test func uniformIsFlatBetweenZeroAndOne() {
    var stream = RandomStream(seed: 18)
    let draws = 200_000
    let values = (0..<draws).map { _ in stream.uniform() }
    #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
    let (mean, variance) = moments(values)
    #expect(abs(mean - 0.5) < 4 * (1.0 / 12 / Double(draws)).squareRoot())
    #expect(abs(variance - 1.0 / 12) < 4 * (1.0 / 180 / Double(draws)).squareRoot())
  }

  @Test func uniformKeepsToItsBounds() {
    var stream = RandomStream(seed: 19)
    let values = (0..<10_000).map { _ in stream.uniform(in: -3..<5) }
    #expect(values.allSatisfy { $0 >= -3 && $0 < 5 })
    #expect((values.min() ?? 0) < -2.99)
    #expect((values.max() ?? 0) > 4.99)
    #expect(stream.uniform(in: 2..<2) == 2)
  }

  @Test func normalHasMeanZeroVarianceOneAndNormalTails() {
    var stream = RandomStream(seed: 20)
    let draws = 200_000
    let values = (0..<draws).map { _ in stream.normal() }
    #expect(values.allSatisfy { $0.isFinite })
    let (mean, variance) = moments(values)
    #expect(abs(mean) < 4 * (1 / Double(draws)).squareRoot())
    #expect(abs(variance - 1) < 4 * (2 / Double(draws)).squareRoot())
    // Shares within 1, 2 and 3 standard deviations.
    for (bound, share) in [(Float(1), 0.682_689), (2, 0.954_500), (3, 0.997_300)] {
      let found = Double(values.count { abs($0) < bound }) / Double(draws)
      #expect(abs(found - share) < 4 * (share * (1 - share) / Double(draws)).squareRoot())
    }
  }

  private func moments(_ values: [Float]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let square = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (mean, square / Double(values.count))
  }
}
