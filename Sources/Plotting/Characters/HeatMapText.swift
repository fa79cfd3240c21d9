import PlainText

extension HeatMap {
  /// With numbers where they fit the screen, else one coloured (or shaded) cell for each value, or
  /// for a square of them.
  package func characters(on screen: TerminalScreen) -> CharacterPicture {
    let limit = screen.columns - 2
    let map = columns > limit ? merged(by: (columns + limit - 1) / limit) : self
    return HeatMapText(map, screen.colours, within: screen.columns).picture
  }

  /// What it takes to have a number in each cell.
  var columnsWithNumbers: Int {
    let numbers = cells.joined().compactMap { $0 }.map { groupedFixed($0, shownDecimals).count }
    let label = rowLabels.map { displayWidth($0.withoutControls) }.max() ?? 0
    return label + 2 + columns * (2 + (numbers.max() ?? 1))
  }

  /// Means over squares of `side` × `side` cells, named after the first row and column in each.
  package func merged(by side: Int) -> HeatMap {
    func starts(_ count: Int) -> [Int] { Array(stride(from: 0, to: count, by: side)) }
    var result = self
    result.rowBreaks = []
    result.columnBreaks = []
    result.columnGroups = []
    result.rowLabels = starts(rows).map { rowLabels[$0] }
    result.columnLabels = starts(columns).map { columnLabels[$0] }
    result.range = scale
    result.scaleLabel = scaleLabel + " (mean of \(side) × \(side) cells)"
    result.cells = starts(rows).map { row in
      starts(columns).map { column in
        let values = (row..<min(row + side, rows)).flatMap { y in
          (column..<min(column + side, columns)).compactMap { value(row: y, column: $0) }
        }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      }
    }
    return result
  }
}

/// A heat map on its way to characters, with what all cells share.
private struct HeatMapText {
  private var map: HeatMap
  private let scale: ClosedRange<Double>
  private let decimals: Int
  private let colours: ColourDepth
  private(set) var picture = CharacterPicture()

  /// For the lowest value itself, then from little to much.
  private static let shades = Array("·:-=+*#%@")
  /// From far below zero to far above it.
  private static let divergingShades = Array("≡=-·+*#")

  init(_ map: HeatMap, _ colours: ColourDepth, within room: Int) {
    self.map = map
    self.colours = colours
    scale = map.scale
    decimals = map.shownDecimals
    if let title = map.title { picture.add(title.withoutControls.fitted(to: room)) }
    let axes = [(map.rowTitle, "↓"), (map.columnTitle, "→")].filter { !$0.0.isEmpty }
      .map { "\($0.withoutControls) \($1)" }.joined(separator: "  ")
    if !axes.isEmpty { picture.add(axes.fitted(to: room)) }

    let numbers = map.cells.joined().compactMap { $0 }.map { groupedFixed($0, decimals).count }
    let numberWidth = 2 + (numbers.max() ?? 1)
    let nameWidth = 1 + (map.columnLabels.map { displayWidth($0.withoutControls) }.max() ?? 0)
    let labelWidth = min(
      map.rowLabels.map { displayWidth($0.withoutControls) }.max() ?? 0, room / 3)
    let left = room - labelWidth - 2
    let wide = max(numberWidth, min(10, nameWidth))
    let between = map.columnBreaks.count
    if let width = [wide, numberWidth].first(where: { $0 * map.columns + between <= left }) {
      addNames(labelWidth, width)
      addRows(labelWidth, width, hasNumbers: true)
    } else {
      let width = 2 * map.columns + between <= left ? 2 : 1
      // Lines between tasks give way first.
      if map.columns + between > left { self.map.columnBreaks = [] }
      let label = map.columns <= left ? labelWidth : max(0, room - 2 - map.columns)
      addNamesDownwards(label, width)
      addRows(label, width, hasNumbers: false)
    }
    addScale(within: room)
  }

  private mutating func addNames(_ labelWidth: Int, _ width: Int) {
    let names = map.columnLabels.enumerated().map { column, name in
      gap(before: column) + name.withoutControls.fitted(to: width - 1).indented(to: width)
    }
    picture.add(String(repeating: " ", count: labelWidth + 1) + names.joined())
  }

  /// Short labels as they are, else the columns' numbers, tens above ones.
  private mutating func addNamesDownwards(_ labelWidth: Int, _ width: Int) {
    let labels = map.columnLabels.map(\.withoutControls)
    let isShort = labels.allSatisfy { displayWidth($0) <= 3 && displayWidth($0) == $0.count }
    let names = isShort ? labels : labels.indices.map(String.init)
    let height = names.map(\.count).max() ?? 0
    for line in 0..<height {
      let letters = names.enumerated().map { column, name in
        gap(before: column) + String(Array(name.indented(to: height))[line]).indented(to: width)
      }
      picture.add(String(repeating: " ", count: labelWidth + 1) + letters.joined())
    }
  }

  private func gap(before column: Int, _ mark: String = " ") -> String {
    map.columnBreaks.contains(column) ? mark : ""
  }

  private mutating func addRows(_ labelWidth: Int, _ width: Int, hasNumbers: Bool) {
    for row in 0..<map.rows {
      if map.rowBreaks.contains(row) {
        let line = (0..<map.columns).map {
          gap(before: $0, "┼") + String(repeating: "─", count: width)
        }
        picture.add(String(repeating: " ", count: labelWidth + 1) + line.joined())
      }
      let label =
        labelWidth == 0 ? "" : map.rowLabels[row].withoutControls.fittedAtBothEnds(to: labelWidth)
      var line: [CharacterPicture.Cell] = .text(label.padded(to: labelWidth) + " ")
      for column in 0..<map.columns {
        line += .text(gap(before: column, "│"))
        guard let value = map.value(row: row, column: column) else {
          line += .text(String(repeating: " ", count: width))
          continue
        }
        if map.isHidden(value) {
          line += .text(hasNumbers ? "·".indented(to: width - 1) + " " : "·".indented(to: width))
          continue
        }
        let share = scale.share(of: value)
        let back = map.colour(at: share, colours)
        let number = groupedFixed(value, decimals).indented(to: width - 1) + " "
        line += .text(
          hasNumbers ? number : String(repeating: sign(share), count: width),
          front: back.isDark ? .white : .black, back: back)
      }
      picture.add(line)
    }
  }

  private func sign(_ share: Double) -> Character {
    if colours != .none { return " " }
    if map.isDiverging {
      let middle = Double(HeatMapText.divergingShades.count / 2)
      let place = middle + ((share - 0.5) * 2 * middle).rounded(.awayFromZero)
      return HeatMapText.divergingShades[Int(place)]
    }
    let shades = HeatMapText.shades
    return shades[Int((share * Double(shades.count - 1)).rounded(.up))]
  }

  private mutating func addScale(within room: Int) {
    var line: [CharacterPicture.Cell] = .text(groupedFixed(scale.lowerBound, decimals) + " ")
    for step in 0..<16 {
      let share = Double(step) / 15
      line.append(.init(sign(share), back: map.colour(at: share, colours)))
    }
    line += .text(" " + groupedFixed(scale.upperBound, decimals) + "  ")
    if room - line.count > 2 {
      line += .text(map.scaleLabel.withoutControls.fitted(to: room - line.count))
    }
    picture.add(Array(line.prefix(room)))
  }
}
