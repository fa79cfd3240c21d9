import PlainText

extension Panels {
  /// Columns below which panels of one row stand one below the other.
  private static let narrow = 64

  /// Each row's panels side by side, as wide as their share of the row.
  package func characters(on screen: TerminalScreen) -> CharacterPicture {
    var picture = CharacterPicture()
    if let title { picture.add(title.withoutControls.fitted(to: screen.columns)) }
    for (number, row) in rows.enumerated() {
      if number > 0 { picture.add("") }
      if screen.columns < Self.narrow || areTooNarrow(row, on: screen) {
        for panel in row { panel.figure.characters(on: screen).lines.forEach { picture.add($0) } }
      } else {
        add(row, to: &picture, on: screen)
      }
    }
    return picture
  }

  /// Whether side by side points would lie upon each other, or captions, or the numbers in the cells of
  /// a heat map would be lost that fit on the screen.
  private func areTooNarrow(_ row: [Panel], on screen: TerminalScreen) -> Bool {
    zip(row, columns(of: row, on: screen)).contains { panel, columns in
      switch panel.figure {
      case .heatMap(let map):
        return (columns + 1...max(columns + 1, screen.columns)).contains(map.columnsWithNumbers)
      case .images(let grid): return columns < min(screen.columns, grid.captionWidth + 2)
      case .points(let scatter): return scatter.legend != .alone && columns < 40
      default: return false
      }
    }
  }

  private func columns(of row: [Panel], on screen: TerminalScreen) -> [Int] {
    let whole = row.reduce(0) { $0 + $1.size.width }
    return row.map { max(8, screen.columns * $0.size.width / max(1, whole)) }
  }

  private func add(
    _ row: [Panel], to picture: inout CharacterPicture, on screen: TerminalScreen
  ) {
    let parts = zip(row, columns(of: row, on: screen)).map { panel, columns in
      var part = screen
      part.columns = columns
      return (columns: columns, lines: panel.figure.characters(on: part).lines)
    }
    for line in 0..<(parts.map(\.lines.count).max() ?? 0) {
      picture.add(
        parts.flatMap { part in
          let cells = part.lines.indices.contains(line) ? part.lines[line] : []
          return cells + Array(repeating: .init(" "), count: max(0, part.columns - cells.count))
        })
    }
  }
}

extension Figure {
  /// As coloured characters, for terminals that show no pictures.
  func characters(on screen: TerminalScreen) -> CharacterPicture {
    switch self {
    case .images(let grid): grid.characters(on: screen)
    case .bars(let chart): chart.characters(on: screen)
    case .lines(let chart): chart.characters(on: screen)
    case .heatMap(let map): map.characters(on: screen)
    case .points(let scatter): scatter.characters(on: screen)
    case .panels(let panels): panels.characters(on: screen)
    }
  }
}
