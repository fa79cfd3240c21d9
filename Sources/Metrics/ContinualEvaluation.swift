/// What is seen of a run that is measured between the ends of its tasks too (De Lange, van de Ven and
/// Tuytelaars 2023: Continual evaluation for lifelong learning), all in percent or points.
///
/// aₙ[i] is the accuracy on what task i brought after n training steps, eᵢ the step at which task i
/// was learned. All means are over what is measured: tasks that are not have no part in them.
public struct ContinualEvaluation: Hashable, Sendable {
  public struct Measurement: Hashable, Sendable {
    /// Training steps taken.
    public var steps: Int
    /// Of each target; nil if it could not be measured yet.
    public var accuracies: [Double?]

    public init(steps: Int, accuracies: [Double?]) {
      self.steps = steps
      self.accuracies = accuracies
    }
  }

  /// The figures at one measurement, over the targets of tasks that were learned before.
  public struct Figures: Hashable, Sendable {
    /// Mean of (the best of aₘ[i], eᵢ ≤ m ≤ n) − aₙ[i]: the forgetting of Chaudhry et al. 2018 after
    /// every batch.
    public var forgetting: Double?
    /// min-ACC: mean of the lowest of aₘ[i], eᵢ < m ≤ n.
    public var minimum: Double?
    /// WC-ACC: of k tasks so far, 1/k of the accuracy on the one that is being learned and 1 − 1/k of
    /// min-ACC.
    public var worstCase: Double?
  }

  /// How a target fell while a later task was learned.
  public struct Gap: Hashable, Sendable {
    public var target: Int
    /// The later task, from 0.
    public var task: Int
    /// When that task began, at its lowest, and at its end or as far as it is.
    public var before: Double
    public var lowest: Double
    public var after: Double

    /// The stability gap.
    public var depth: Double { before - lowest }
    public var recovered: Double { after - lowest }
  }

  /// For each measurement.
  public let figures: [Figures]
  /// By task, then by target.
  public let gaps: [Gap]

  /// Mean over all old tasks and all tasks learned after them; nil without any.
  public var stabilityGap: Double? { meanOfKnown(gaps.map(\.depth)) }
  public var recovery: Double? { meanOfKnown(gaps.map(\.recovered)) }
  /// Mean over the measurements; nil if there was nothing to forget.
  public var forgetting: Double? { meanOfKnown(figures.map(\.forgetting)) }

  /// - Parameters:
  ///   - measurements: In the order of their steps.
  ///   - learnedIn: For each target the task, from 0, after which all of it was learned.
  ///   - ends: Training steps at the end of each task that is done.
  public init(_ measurements: [Measurement], learnedIn: [Int], ends: [Int]) {
    /// The task whose training these steps are part of.
    func task(at steps: Int) -> Int { ends.firstIndex { steps <= $0 } ?? ends.count }
    var (best, lowest) = ([Int: Double](), [Int: Double]())
    figures = measurements.map { row in
      let now = task(at: row.steps)
      var (old, current) = ([Int](), [Double]())
      for (target, accuracy) in row.accuracies.enumerated() {
        guard let accuracy else { continue }
        if learnedIn[target] == now { current.append(accuracy) }
        // From the moment on at which it was learned.
        guard ends.indices.contains(learnedIn[target]), ends[learnedIn[target]] <= row.steps else {
          continue
        }
        best[target] = max(best[target] ?? accuracy, accuracy)
        guard learnedIn[target] < now else { continue }
        lowest[target] = min(lowest[target] ?? accuracy, accuracy)
        old.append(target)
      }
      let minimum = meanOfKnown(old.map { lowest[$0] })
      let parts = current + (minimum.map { Array(repeating: $0, count: old.count) } ?? [])
      return Figures(
        forgetting: meanOfKnown(
          old.map { target in row.accuracies[target].map { (best[target] ?? $0) - $0 } }),
        minimum: minimum, worstCase: current.isEmpty ? nil : meanOfKnown(parts))
    }
    gaps = ends.enumerated().flatMap { before, start -> [Gap] in
      guard let first = measurements.last(where: { $0.steps == start }) else { return [] }
      let during = measurements.filter { $0.steps > start && task(at: $0.steps) == before + 1 }
      return learnedIn.indices.compactMap { target in
        let course = during.compactMap { $0.accuracies[target] }
        guard learnedIn[target] <= before, let accuracy = first.accuracies[target],
          let lowest = course.min(), let last = course.last
        else { return nil }
        return Gap(
          target: target, task: before + 1, before: accuracy, lowest: lowest, after: last)
      }
    }
  }
}
