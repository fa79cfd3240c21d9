import Metrics
import PlainText

/// `test=` of `compare`: whether runs differ by more than chance.
enum SignificanceTest: String, CaseIterable, Sendable {
  case permutation
  case sign
  case mcnemar

  var summary: String {
    switch self {
    case .permutation: "of the seeds' differences, all signs flipped in all ways"
    case .sign: "of how many seeds favour which run"
    case .mcnemar: "of the images that only one of two runs gets right"
    }
  }

  /// Below it a difference is commonly called significant.
  static let level = 0.05
}

/// `figure=` of `compare`: what is tested.
enum TestedFigure: String, CaseIterable, Sendable {
  case average
  case final
  case acc
  case forgetting
  case backwardTransfer = "backward-transfer"

  func value(of metrics: IncrementalMetrics) -> Double? {
    switch self {
    case .average: metrics.average
    case .final: metrics.final
    case .acc: metrics.meanOverTasks
    case .forgetting: metrics.forgetting
    case .backwardTransfer: metrics.backwardTransfer
    }
  }
}

/// Two rows of `compare`, seed by seed.
struct SeedComparison {
  let first: String
  let second: String
  /// Of the seeds that both have.
  let seeds: [Int]
  let values: [(first: Double, second: Double)]
  /// Seeds that only one of them has.
  let unpaired: [Int]
  let test: PairedTest

  /// Second minus first, seed by seed.
  var differences: [Double] { values.map { $0.second - $0.first } }

  /// - Returns: nil where the permutations are too many to go through.
  init?(
    _ first: (name: String, values: [Int: Double]), _ second: (name: String, values: [Int: Double]),
    by kind: SignificanceTest
  ) {
    (self.first, self.second) = (first.name, second.name)
    let both = Set(first.values.keys).intersection(second.values.keys).sorted()
    seeds = both
    values = both.compactMap { seed in
      first.values[seed].flatMap { a in second.values[seed].map { (a, $0) } }
    }
    unpaired = Set(first.values.keys).symmetricDifference(second.values.keys).sorted()
    let differences = values.map { $0.second - $0.first }
    guard let test = kind == .sign ? .sign(differences) : PairedTest.permutation(differences) else {
      return nil
    }
    self.test = test
  }
}

extension SeedComparison {
  /// `kd minus ft: 3.10 (seed 1), 2.00 (seed 2)`.
  var differencesInWords: String {
    "\(second) minus \(first): "
      + zip(differences, seeds).map { "\(fixed($0, 2)) (seed \($1))" }.joined(separator: ", ")
  }
}
