import Metrics
import PlainText
import Plotting
import Sessions

/// What is drawn of two columns of a table: rows of the same x, and of the same group, are averaged.
struct ColumnFigure {
  enum Kind: String, CaseIterable, Sendable {
    case line
    case points
    case bars

    var summary: String {
      switch self {
      case .line: "means over the rows of one x, joined by lines"
      case .points: "a point for each row"
      case .bars: "a bar for each x; what is drawn where x is a text"
      }
    }
  }

  /// What an error bar shows.
  enum ErrorBar: String, CaseIterable, Sendable {
    case sd
    case se
    case none

    var summary: String {
      switch self {
      case .sd: "the standard deviation of the rows that are averaged"
      case .se: "the standard error of their mean: the deviation divided by √n"
      case .none: "none"
      }
    }

    func half(_ spread: Spread) -> Double? {
      guard let deviation = spread.standardDeviation else { return nil }
      switch self {
      case .sd: return deviation
      case .se: return deviation / Double(spread.count).squareRoot()
      case .none: return nil
      }
    }
  }

  /// One place of the figure.
  struct Place: Hashable {
    var group: ResultTable.Value?
    var x: ResultTable.Value
    var values: [Double]

    var spread: Spread? { Spread(values) }
  }

  let x: String
  let y: String
  let by: String?
  let errorBar: ErrorBar
  let kind: Kind
  private(set) var places: [Place] = []
  /// Rows without a value for x or y.
  private(set) var leftOut = 0

  /// - Parameter kind: A line or, where x holds texts, bars, if nothing is said.
  init(
    of rows: ResultTable, x: String, y: String, by: String?, errorBar: ErrorBar, kind: Kind?
  ) throws {
    (self.x, self.y, self.by, self.errorBar) = (x, y, by, errorBar)
    let (across, up) = (rows.column(x) ?? [], rows.column(y) ?? [])
    let groups = by.flatMap { rows.column($0) }
    if let other = up.first(where: { $0 != .missing && $0.number == nil }) {
      throw TableProblem.notNumbers(column: y, example: other.label)
    }
    let areNumbers = across.allSatisfy { $0 == .missing || $0.number != nil }
    self.kind = kind ?? (areNumbers ? .line : .bars)
    guard areNumbers || self.kind == .bars else {
      throw TableProblem.notAnAxis(column: x, kind: self.kind.rawValue)
    }
    var known: [[ResultTable.Value?]: Int] = [:]
    for row in up.indices {
      guard across[row] != .missing, let value = up[row].number else {
        leftOut += 1
        continue
      }
      let key = [across[row], groups?[row]]
      if let place = known[key] {
        places[place].values.append(value)
      } else {
        known[key] = places.count
        places.append(Place(group: groups?[row], x: across[row], values: [value]))
      }
    }
    guard !places.isEmpty else { throw TableProblem.noNumber(column: y) }
    let order = Dictionary(uniqueKeysWithValues: groupNames.enumerated().map { ($1, $0) })
    places.sort { a, b in
      if a.group != b.group { return order[a.group] ?? 0 < order[b.group] ?? 0 }
      // Texts stay in the order of the rows.
      return areNumbers && a.x.precedes(b.x)
    }
  }

  /// In the order of their first rows; one that is nil without groups.
  private var groupNames: [ResultTable.Value?] {
    var seen: Set<ResultTable.Value?> = []
    return places.map(\.group).filter { seen.insert($0).inserted }
  }

  private func name(of group: ResultTable.Value?) -> String {
    switch group {
    case nil: y
    case .text(let text)?: text.withoutControls
    case let value?: "\(by ?? "") \(value.label)"
    }
  }

  // MARK: What is said

  /// `3`, or `2–3`: over how many rows the means go; nil if there is one for each place.
  private var counts: String? {
    let counts = places.map(\.values.count)
    guard let low = counts.min(), let high = counts.max(), high > 1 else { return nil }
    return low == high ? "\(low)" : "\(low)–\(high)"
  }

  private var errorWords: String {
    let hasBars = kind == .line && places.contains { $0.values.count > 1 }
    switch errorBar {
    case .sd where hasBars: return " ± sd"
    case .se where hasBars: return " ± se"
    default: return ""
    }
  }

  /// `final (mean of n = 3 ± sd)`
  var label: String {
    guard kind != .points, let counts else { return y }
    return "\(y) (mean of n = \(counts)\(errorWords))"
  }

  var notes: [String] {
    var notes: [String] = []
    if kind != .points, let counts {
      let what = errorWords.isEmpty ? "" : ", error bars: \(errorBar.summary)"
      notes.append("means over n = \(counts) rows\(what)")
    }
    if leftOut > 0 {
      notes.append(
        "\(counted(leftOut, "row")) without a value of '\(x)' or '\(y)' "
          + (leftOut == 1 ? "is left out" : "are left out"))
    }
    return notes
  }

  /// A row for each place.
  var table: Table {
    let xs = NumberLayout(places.compactMap(\.x.number))
    let spreads = places.compactMap(\.spread)
    let ys = NumberLayout(spreads.map(\.mean) + spreads.compactMap(\.standardDeviation))
    func cell(_ number: Double?) -> Table.Cell {
      number.map { Table.Cell(ResultTable.Value($0), ys) } ?? .missing
    }
    let rows = places.map { place -> [Table.Cell] in
      let spread = place.spread
      return (by == nil ? [] : [Table.Cell(place.group ?? .missing, xs)])
        + [
          Table.Cell(place.x, xs), cell(spread?.mean), cell(spread?.standardDeviation),
          .integer(place.values.count),
        ]
    }
    return Table(
      (by.map { [Table.Column($0)] } ?? [])
        + [Table.Column(x), Table.Column(y), Table.Column("sd"), Table.Column("n")], rows: rows)
  }

  // MARK: What is drawn

  func figure(title: String?) -> Figure {
    let title = title ?? "\(y) by \(x)"
    switch kind {
    case .line:
      return .lines(
        LineChart(title: title, xLabel: x, yLabel: label, series: groupNames.map(curve)))
    case .points:
      return .points(
        Scatter(
          title: title, xLabel: x, yLabel: label,
          groups: groupNames.enumerated().map { style, group in
            Scatter.Group(
              name: name(of: group),
              points: places.filter { $0.group == group }.flatMap { place in
                place.values.map { Scatter.Point(x: place.x.number ?? .nan, y: $0) }
              }, style: style)
          }, legend: by == nil ? .none : .beside))
    case .bars:
      var seen: Set<ResultTable.Value> = []
      let labels = places.map(\.x).filter { seen.insert($0).inserted }
      return .bars(
        BarChart(
          title: title, labels: labels.map(\.label),
          series: groupNames.map { group in
            BarChart.Series(
              name: name(of: group),
              values: labels.map { label in
                places.first { $0.group == group && $0.x == label }?.spread?.mean ?? .nan
              })
          }, valueLabel: label, decimals: decimals))
    }
  }

  /// Of the numbers at bars: means have no more digits than tell them apart.
  private var decimals: Int? {
    places.allSatisfy { $0.spread.map { $0.mean == $0.mean.rounded() } ?? true } ? 0 : 2
  }

  private func curve(_ group: ResultTable.Value?) -> LineChart.Series {
    LineChart.Series(
      name: name(of: group),
      points: places.filter { $0.group == group }.compactMap { place in
        guard let x = place.x.number, let spread = place.spread else { return nil }
        return LineChart.Point(x: x, y: spread.mean, error: errorBar.half(spread))
      })
  }
}
