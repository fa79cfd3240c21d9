/// A symmetric matrix of sums in double precision, of which the lower half is kept.
///
/// The rows lie in panels of `panelRows`; a panel is a dense row-major matrix
/// [rows, columns up to its last row's diagonal]. Products and factorisations are then calls of BLAS
/// on panels, and half of the numbers are neither computed nor saved.
public struct SymmetricMatrix: Hashable, Sendable {
  /// Large enough for BLAS to be fast, small enough to waste little above the diagonal.
  public static let panelRows = 128

  /// Rows, which are as many as columns.
  public let order: Int
  var panels: WideBlock

  public init(zeros order: Int) {
    precondition(order >= 0)
    self.order = order
    panels = WideBlock(zeros: Self.count(order: order))
  }

  /// Doubles that a matrix takes.
  public static func count(order: Int) -> Int {
    let whole = order / panelRows
    return panelRows * panelRows * whole * (whole + 1) / 2 + (order - whole * panelRows) * order
  }

  public subscript(row: Int, column: Int) -> Double {
    get { panels.elements[place(row, column)] }
    set {
      panels.elements[place(row, column)] = newValue
      if row / Self.panelRows == column / Self.panelRows {
        // Inside a diagonal tile both halves are kept.
        let panel = Panel(row / Self.panelRows, order: order)
        panels.elements[
          panel.start + (min(row, column) - panel.firstRow) * panel.columns + max(row, column)] =
          newValue
      }
    }
  }

  public static func += (sum: inout SymmetricMatrix, other: SymmetricMatrix) {
    precondition(sum.order == other.order, "order \(other.order) onto \(sum.order)")
    for place in sum.panels.elements.indices {
      sum.panels.elements[place] += other.panels.elements[place]
    }
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    let (row, column) = (max(row, column), min(row, column))
    let panel = Panel(row / Self.panelRows, order: order)
    return panel.start + (row - panel.firstRow) * panel.columns + column
  }

  /// Where a panel lies.
  struct Panel {
    /// In the block.
    let start: Int
    let firstRow: Int
    let rows: Int
    /// All up to the diagonal of the last row.
    var columns: Int { firstRow + rows }

    init(_ index: Int, order: Int) {
      let size = SymmetricMatrix.panelRows
      start = size * size * index * (index + 1) / 2
      firstRow = index * size
      rows = min(size, order - firstRow)
    }
  }

  /// Where the panels lie.
  var layout: [Panel] {
    (0..<(order + Self.panelRows - 1) / Self.panelRows).map { Panel($0, order: order) }
  }
}

extension SymmetricMatrix: Codable {
  private enum Key: CodingKey {
    case order
    case panels
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let order = try fields.decode(Int.self, forKey: .order)
    panels = try fields.decode(WideBlock.self, forKey: .panels)
    guard (0..<1 << 20).contains(order), panels.count == Self.count(order: order) else {
      throw DecodingError.dataCorruptedError(
        forKey: .order, in: fields,
        debugDescription: "\(panels.count) sums are no symmetric matrix of order \(order)")
    }
    self.order = order
  }
}
