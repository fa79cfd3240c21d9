public import Metrics

/// Rows of values below named columns, to be printed or written in several forms.
public struct Table: Hashable, Sendable {
  public var columns: [Column]
  public var rows: [[Cell]]

  public struct Column: Hashable, Sendable {
    /// The heading that people see.
    public var title: String
    /// The name in CSV and JSON, which other programs rely on.
    public var key: String
    /// The heading where there is no room for the title.
    public var shortTitle: String
    /// Which of its numbers are the better ones, where the rows compete.
    public var best: Best?
    /// Of its numbers, such as `%`, where a head has room for it.
    public var unit: String?
    /// What it and its neighbours have in common, above their heads in a printed table.
    public var group: String?

    /// Without a key or a short title, the title is one.
    public init(
      _ title: String, key: String? = nil, short: String? = nil, best: Best? = nil,
      unit: String? = nil, group: String? = nil
    ) {
      self.title = title
      self.key = key ?? title
      shortTitle = short ?? title
      self.best = best
      self.unit = unit
      self.group = group
    }
  }

  /// Which end of a column is the good one: of accuracies the high one, of forgetting the low one.
  public enum Best: Hashable, Sendable {
    case highest
    case lowest
  }

  /// A value; numbers are aligned to the right, and keep all digits in CSV and JSON.
  public enum Cell: Hashable, Sendable {
    case text(String)
    case integer(Int)
    /// A whole number that people see with a comma before every three digits: `98,826`.
    case count(Int)
    /// A number that people see with so many decimals.
    case number(Double, decimals: Int)
    /// A number of any size, of which people see so many significant digits.
    case significant(Double, digits: Int)
    /// A mean that people see with its standard deviation, and other programs without.
    case spread(Spread, decimals: Int)
    case flag(Bool)
    case missing
    /// A value that people see with a star, which a note explains.
    indirect case starred(Cell)
  }

  /// A row that is shorter or longer than the columns is filled or cut.
  public init(_ columns: [Column], rows: [[Cell]] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// The same without the column of this key.
  func without(_ key: String) -> Table {
    guard let index = columns.firstIndex(where: { $0.key == key }) else { return self }
    var table = self
    table.columns.remove(at: index)
    table.rows = rows.map { row in
      row.enumerated().filter { $0.offset != index }.map(\.element)
    }
    return table
  }

  func cell(_ row: [Cell], _ column: Int) -> Cell { column < row.count ? row[column] : .missing }
}

extension Table.Cell: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }

  /// A percentage, or nothing where there is none.
  static func percent(_ number: Double?) -> Table.Cell {
    number.map { .number($0, decimals: 2) } ?? .missing
  }

  var isNumber: Bool {
    switch self {
    case .integer, .count, .number, .significant, .spread: true
    case .text, .flag, .missing: false
    case .starred(let cell): cell.isNumber
    }
  }
}

extension Table.Column: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}
