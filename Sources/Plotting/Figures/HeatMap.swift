/// Coloured cells in rows and columns: an accuracy matrix, a confusion matrix.
public struct HeatMap: Hashable, Sendable {
  public var title: String?
  public var rowTitle: String
  public var columnTitle: String
  /// Row 0 is drawn on top.
  public var rowLabels: [String]
  public var columnLabels: [String]
  /// [row][column]; nil, a value that is not finite, and what a short row leaves out stay blank.
  public var cells: [[Double?]]
  /// What the palest and the darkest colour stand for; without it, 0 (or the smallest value, if
  /// that is below) and the largest.
  public var range: ClosedRange<Double>?
  /// What the colours measure.
  public var scaleLabel: String
  /// Of the numbers in the cells; nil for one, or none if all of them are whole.
  public var decimals: Int?
  /// Rows and columns that a line is drawn before, such as the first class of each task.
  public var rowBreaks: [Int] = []
  public var columnBreaks: [Int] = []
  /// Whether values lie on both sides of zero, which then has the palest colour.
  public var isDiverging = false
  /// Whether columns, of which there are few, are wide enough for numbers, however many rows there are.
  public var isWide = false
  /// Whether zeros are as good as nothing: they stay white, without a number.
  public var hidesZeros = false
  /// Columns that belong together, such as the classes of a task.
  public var columnGroups: [Group] = []
  /// Where cells are too many for numbers, those with at least this magnitude have one all the same.
  public var numbersFrom: Double?

  /// Named above its columns, which reach to the next group.
  public struct Group: Hashable, Sendable {
    /// The position of its first column.
    public let start: Int
    public let name: String
    /// Where there is no room for the name.
    public let shortName: String

    public init(start: Int, name: String, shortName: String) {
      self.start = start
      self.name = name
      self.shortName = shortName
    }
  }

  public init(
    title: String? = nil, rowTitle: String, columnTitle: String, rowLabels: [String],
    columnLabels: [String], cells: [[Double?]], range: ClosedRange<Double>? = nil,
    scaleLabel: String = "", decimals: Int? = nil
  ) {
    self.title = title
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.cells = cells
    self.range = range
    self.scaleLabel = scaleLabel
    self.decimals = decimals
  }

  var rows: Int { rowLabels.count }
  var columns: Int { columnLabels.count }

  func value(row: Int, column: Int) -> Double? {
    guard cells.indices.contains(row), cells[row].indices.contains(column),
      let value = cells[row][column], value.isFinite
    else { return nil }
    return value
  }

  private var values: [Double] { cells.flatMap { $0 }.compactMap { $0 }.filter(\.isFinite) }

  /// Never of length zero.
  var scale: ClosedRange<Double> {
    if let range, range.lowerBound < range.upperBound { return range }
    if isDiverging {
      let most = values.map(\.magnitude).max() ?? 0
      return most > 0 ? -most...most : -1...1
    }
    let low = min(0, values.min() ?? 0)
    let high = values.max() ?? 1
    return high > low ? low...high : low...low + 1
  }

  var shownDecimals: Int { decimals ?? Plotting.decimals(for: values) }

  /// - Parameter share: Of the scale, 0 … 1.
  func colour(at share: Double, _ depth: ColourDepth = .truecolour) -> Colour {
    isDiverging ? Palette.diverging(at: share, depth) : Palette.ramp(at: share, depth)
  }

  func isNumbered(_ value: Double) -> Bool { numbersFrom.map { value.magnitude >= $0 } ?? false }

  /// Whether a value is one of the zeros that are not told.
  func isHidden(_ value: Double) -> Bool { hidesZeros && value == 0 }
}

/// None if all values are whole numbers, else one.
func decimals(for values: [Double]) -> Int { values.allSatisfy { $0 == $0.rounded() } ? 0 : 1 }

extension ClosedRange<Double> {
  /// Where a value lies in it, 0 … 1.
  func share(of value: Double) -> Double {
    Swift.min(1, Swift.max(0, (value - lowerBound) / (upperBound - lowerBound)))
  }
}
