import PlainText
import Plotting

extension LineChart {
  /// A line for every group of curves of which only one can be seen.
  ///
  /// - Parameter names: Of the runs, one for each series.
  func notes(on names: [String]) -> [String] {
    coincidingSeries.map { group in
      "\(group.map { names[$0] }.joined(with: "and")) have the same curve, so only one of them is seen"
    }
  }
}
