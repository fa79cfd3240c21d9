import Foundation

/// Whether two classifiers that were tried on the same images, or with the same seeds, differ by
/// more than chance. All tests are exact and two-sided.
public struct PairedTest: Hashable, Sendable {
  /// How often chance alone would give a difference at least as large as this one.
  public let p: Double
  /// The pairs that differ; the others say nothing of the direction and are left out.
  public let pairs: Int

  /// The smallest p that so many pairs can give at all.
  public var smallestP: Double { Self.smallestP(pairs: pairs) }

  /// 2 / 2ⁿ, when all n pairs that differ do so in one direction: 0.25 for 3, 0.0625 for 5. The
  /// first n with less than 0.05 is 6.
  public static func smallestP(pairs: Int) -> Double {
    pairs < 1 ? 1 : Double(sign: .plus, exponent: 1 - pairs, significand: 1)
  }

  /// McNemar's test (McNemar 1947), exact by the binomial distribution: of the images that only one
  /// of two classifiers has right, each is as likely to be the first's as the second's.
  ///
  /// p = min(1, 2 · P(X ≤ min(b, c))), X ~ Bin(b + c, ½).
  public static func mcNemar(onlyFirstIsRight b: Int, onlySecondIsRight c: Int) -> PairedTest {
    precondition(b >= 0 && c >= 0)
    return PairedTest(p: binomialP(min(b, c), of: b + c), pairs: b + c)
  }

  /// The sign test (Arbuthnot 1710): how many differences are positive, and how many negative.
  /// Zeros are left out.
  public static func sign(_ differences: [Double]) -> PairedTest {
    let (positive, negative) = (differences.count { $0 > 0 }, differences.count { $0 < 0 })
    return PairedTest(
      p: binomialP(min(positive, negative), of: positive + negative), pairs: positive + negative)
  }

  /// The most pairs whose sign flips are all gone through.
  public static let mostPermutedPairs = 20

  /// The paired permutation test (Fisher 1935): the share of all 2ⁿ ways to flip the signs of the
  /// differences in which |Σ d| is at least what was found.
  ///
  /// A sum that is short of it by less than 10⁻¹² · Σ |d| counts as equal. Differences of 0 are
  /// left out, which changes no p, since either sign gives the same sum.
  ///
  /// - Returns: nil for more than `mostPermutedPairs` that are not 0, and where a difference is not
  ///   a finite number.
  public static func permutation(_ differences: [Double]) -> PairedTest? {
    let known = differences.filter { $0 != 0 }
    guard known.count <= mostPermutedPairs, known.allSatisfy(\.isFinite) else { return nil }
    // The first of them is that without any flip.
    let sums = known.reduce(into: [0.0]) { sums, difference in
      sums = sums.map { $0 + difference } + sums.map { $0 - difference }
    }
    let slack = 1e-12 * known.reduce(0) { $0 + abs($1) }
    let extreme = sums.count { abs($0) >= abs(sums[0]) - slack }
    return PairedTest(p: Double(extreme) / Double(sums.count), pairs: known.count)
  }

  /// Holm's correction (Holm 1979) for several tests: the i-th smallest of m p, from 0, is
  /// multiplied by m − i, is at least its predecessor and at most 1. In the order in which they
  /// came.
  public static func holmAdjusted(_ p: [Double]) -> [Double] {
    var (adjusted, last) = (p, 0.0)
    for (place, index) in p.indices.sorted(by: { (p[$0], $0) < (p[$1], $1) }).enumerated() {
      last = max(last, min(1, Double(p.count - place) * p[index]))
      adjusted[index] = last
    }
    return adjusted
  }

  /// min(1, 2 · P(X ≤ k)), X ~ Bin(n, ½), k ≤ n / 2.
  private static func binomialP(_ k: Int, of n: Int) -> Double {
    guard n > 0 else { return 1 }
    // log of C(n, k) / 2ⁿ; the terms below it follow by ratios, C(n, i − 1) = C(n, i) · i / (n − i
    // + 1).
    var last = -Double(n) * log(2)
    for i in 0..<k { last += log(Double(n - i) / Double(i + 1)) }
    var (term, sum) = (1.0, 1.0)
    for i in stride(from: k, to: 0, by: -1) {
      term *= Double(i) / Double(n - i + 1)
      sum += term
    }
    return min(1, 2 * exp(last) * sum)
  }
}
