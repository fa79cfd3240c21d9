import Foundation
import PlainText
import Plotting
import Sessions

/// How often the values of a column are what: numbers in bins of one width, texts one by one.
struct ColumnHistogram {
  struct Bin: Hashable {
    /// `40 – 50`, with its lower end in it; the last has both.
    var label: String
    var range: ClosedRange<Double>?
    /// By group.
    var counts: [Int]
  }

  let column: String
  let by: String?
  private(set) var groups: [ResultTable.Value?] = [nil]
  private(set) var bins: [Bin] = []
  private(set) var leftOut = 0

  static let mostBins = 200
  /// So many whole numbers have a bar each.
  private static let fewValues = 12

  /// - Parameter count: Of bins; by Sturges's rule if nil: 1 + ⌈log₂ n⌉.
  init(of rows: ResultTable, _ column: String, by: String?, bins count: Int?) throws {
    (self.column, self.by) = (column, by)
    let values = rows.column(column) ?? []
    let marks = by.flatMap { rows.column($0) }
    if let marks {
      groups = []
      for (mark, value) in zip(marks, values) where value != .missing && !groups.contains(mark) {
        groups.append(mark)
      }
    }
    let known = values.indices.filter { values[$0] != .missing }
    leftOut = values.count - known.count
    guard !known.isEmpty else { throw TableProblem.noNumber(column: column) }
    func counts(_ isIn: (ResultTable.Value) -> Bool) -> [Int] {
      groups.map { group in
        known.count { isIn(values[$0]) && (marks == nil || marks?[$0] == group) }
      }
    }
    let numbers = known.compactMap { values[$0].number }
    let distinct = Set(known.map { values[$0] })
    let areWhole = numbers.allSatisfy { $0 == $0.rounded() }
    if numbers.count < known.count
      || count == nil && areWhole && distinct.count <= Self.fewValues
    {
      bins = distinct.sorted { $0.precedes($1) }.map { value in
        Bin(label: value.label, range: nil, counts: counts { $0 == value })
      }
      return
    }
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
    let number = max(1, count ?? 1 + Int(log2(Double(numbers.count)).rounded(.up)))
    // All in one place have one bin around them.
    let width = high > low ? (high - low) / Double(number) : 1
    let edges = (0...(high > low ? number : 1)).map {
      high > low && $0 == number ? high : low + Double($0) * width
    }
    bins = zip(edges, edges.dropFirst()).enumerated().map { index, edge in
      let isLast = index == edges.count - 2
      return Bin(
        label: "\(significant(edge.0, 4)) – \(significant(edge.1, 4))", range: edge.0...edge.1,
        counts: counts { value in
          value.number.map { $0 >= edge.0 && (isLast ? $0 <= edge.1 : $0 < edge.1) } ?? false
        })
    }
  }

  private func name(of group: ResultTable.Value?) -> String {
    switch group {
    case nil: "rows"
    case .text(let text)?: text.withoutControls
    case let value?: "\(by ?? "") \(value.label)"
    }
  }

  var total: Int { bins.reduce(0) { $0 + $1.counts.reduce(0, +) } }

  var notes: [String] {
    leftOut == 0
      ? []
      : [
        "\(counted(leftOut, "row")) without a value of '\(column)' "
          + (leftOut == 1 ? "is left out" : "are left out")
      ]
  }

  var table: Table {
    let hasRanges = bins.contains { $0.range != nil }
    let layout = NumberLayout(
      bins.flatMap { [$0.range?.lowerBound, $0.range?.upperBound] }
        .compactMap(\.self))
    let columns: [Table.Column] =
      hasRanges ? ["from", "to"] : [Table.Column(column, key: "value")]
    return Table(
      columns + groups.map { Table.Column(name(of: $0)) },
      rows: bins.map { bin in
        (bin.range.map { [layout.cell($0.lowerBound), layout.cell($0.upperBound)] }
          ?? [.text(bin.label)]) + bin.counts.map { Table.Cell.integer($0) }
      })
  }

  func figure(title: String?) -> Figure {
    .bars(
      BarChart(
        title: title ?? "\(column) (n = \(total))", labels: bins.map(\.label),
        series: groups.indices.map { group in
          BarChart.Series(
            name: name(of: groups[group]), values: bins.map { Double($0.counts[group]) })
        }, valueLabel: "rows", decimals: 0))
  }
}
