/// Figures of one kind, measured several times.
struct Sample {
  private(set) var values: [Double] = []

  mutating func add(_ value: Double) { values.append(value) }

  var median: Double { quantile(0.5) }

  /// The middle half of the values: what a repetition is likely to give.
  var spread: ClosedRange<Double> { quantile(0.25)...quantile(0.75) }

  var least: Double { values.min() ?? .nan }

  var largest: Double { values.max() ?? .nan }

  private func quantile(_ share: Double) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.indices.last else { return .nan }
    let place = share * Double(last)
    let (low, high) = (sorted[Int(place)], sorted[min(last, Int(place) + 1)])
    return low + (high - low) * (place - place.rounded(.down))
  }
}

/// Milliseconds that `body` takes, each of `repetitions` times, after two that do not count.
func milliseconds(_ repetitions: Int, _ body: () -> Void) -> Sample {
  var sample = Sample()
  for run in 0..<repetitions + 2 {
    let time = ContinuousClock().measure(body) / .milliseconds(1)
    if run >= 2 { sample.add(time) }
  }
  return sample
}
