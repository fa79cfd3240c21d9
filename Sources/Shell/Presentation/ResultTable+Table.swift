import CommandLanguage
import Foundation
import Learning
import Metrics
import PlainText
import Sessions

extension Table {
  /// The rows of a table of one's own, as they are printed and written.
  init(_ table: ResultTable) {
    let layouts = table.columns.indices.map { column in
      NumberLayout(table.rows.compactMap { $0[column].number })
    }
    self.init(
      table.columns.map { Column($0) },
      rows: table.rows.map { row in zip(row, layouts).map { Cell($0, $1) } })
  }
}

/// How the numbers of a column are shown: with all of their digits if these are few.
struct NumberLayout {
  private enum Form {
    case decimals(Int)
    case significant
  }

  private let form: Form

  private static let mostDecimals = 4
  /// Of numbers with more digits.
  private static let usualDecimals = 2

  init(_ numbers: [Double]) {
    let finite = numbers.filter { $0.isFinite && $0 != $0.rounded() }
    if let decimals = (1...Self.mostDecimals).first(where: { decimals in
      finite.allSatisfy { Double(fixed($0, decimals)) == $0 }
    }) {
      form = .decimals(decimals)
    } else {
      // Rates such as 0.00025 would be cut to nothing.
      form = finite.allSatisfy { $0.magnitude >= 1 } ? .decimals(Self.usualDecimals) : .significant
    }
  }

  func cell(_ number: Double) -> Table.Cell {
    switch form {
    case .decimals(let decimals): .number(number, decimals: decimals)
    case .significant: .significant(number, digits: 4)
    }
  }
}

extension Table.Cell {
  init(_ value: ResultTable.Value, _ layout: NumberLayout) {
    switch value {
    case .integer(let number): self = .integer(number)
    case .real(let number): self = layout.cell(number)
    case .text(let text): self = .text(text)
    case .flag(let flag): self = .flag(flag)
    case .missing: self = .missing
    }
  }
}

extension ResultTable {
  /// What a table that was printed holds, with all digits; a mean without its deviation.
  init?(_ table: Table) {
    self.init(columns: table.columns.map(\.key))
    for row in table.rows {
      guard add(table.columns.indices.map { table.cell(row, $0).value }) else { return nil }
    }
  }

  /// The rows that a test holds for, in an order.
  ///
  /// - Parameters:
  ///   - column: Empty cells come last, whatever the order.
  ///   - count: The first of them.
  func listed(
    sortedBy column: String? = nil, falling: Bool = false, columns wanted: [String]? = nil,
    first count: Int? = nil
  ) -> ResultTable? {
    var order = Array(rows.indices)
    if let column, let place = columns.firstIndex(of: column) {
      order.sort { a, b in
        let (x, y) = (rows[a][place], rows[b][place])
        if x == y { return a < b }
        if x == .missing || y == .missing { return y == .missing }
        return x.precedes(y) != falling
      }
    }
    var places: [Int] = []
    for place in (wanted ?? columns).compactMap({ columns.firstIndex(of: $0) })
    where !places.contains(place) {
      places.append(place)
    }
    var result = ResultTable(columns: places.map { columns[$0] })
    for row in order.prefix(count ?? order.count) {
      guard result?.add(places.map { rows[row][$0] }) == true else { return nil }
    }
    return result
  }
}

extension ResultTable.Value {
  /// The order of a column: numbers, then texts, then off and on.
  func precedes(_ other: Self) -> Bool {
    if let a = number, let b = other.number { return a < b }
    if rank != other.rank { return rank < other.rank }
    switch (self, other) {
    case (.text(let a), .text(let b)): return a.compare(b, options: .numeric) == .orderedAscending
    case (.flag(let a), .flag(let b)): return !a && b
    default: return false
    }
  }

  private var rank: Int {
    switch self {
    case .integer, .real: 0
    case .text: 1
    case .flag: 2
    case .missing: 3
    }
  }

  /// As a label: all digits of a number, if they are not too many.
  var label: String {
    switch self {
    case .integer(let number): String(number)
    case .real(let number): number.shortText
    case .text(let text): text.withoutControls
    case .flag(let flag): flag ? "on" : "off"
    case .missing: "-"
    }
  }

  /// As the language has it; nil for an empty cell.
  var word: CommandLanguage.Value? {
    switch self {
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .text(text)
    case .flag(let flag): .flag(flag)
    case .missing: nil
    }
  }

  init(_ option: OptionValue?) {
    switch option {
    case .integer(let number)?: self = .integer(number)
    case .real(let number)?: self.init(number)
    case .flag(let flag)?: self = .flag(flag)
    case .choice(let word)?: self = .text(word)
    case nil: self = .missing
    }
  }
}

extension Table.Cell {
  /// As a table of one's own holds it.
  fileprivate var value: ResultTable.Value {
    switch self {
    case .text(let text): .text(text)
    case .integer(let number), .count(let number): .integer(number)
    case .number(let number, _), .significant(let number, _): ResultTable.Value(number)
    case .spread(let spread, _): ResultTable.Value(spread.mean)
    case .flag(let flag): .flag(flag)
    case .missing: .missing
    case .starred(let cell): cell.value
    }
  }
}
