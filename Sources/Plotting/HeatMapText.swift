extension HeatMap {
  /// With numbers where they fit the screen, else one coloured (or shaded) cell for each value.
  package func characters(on screen: TerminalScreen) -> CharacterPicture {
    if columns > screen.columns - 2 {
      return merged(by: (columns + screen.columns - 3) / (screen.columns - 2))
        .characters(on: screen)
    }
    var picture = CharacterPicture()
    if let title { picture.add(title.plain.shortened(to: screen.columns)) }
    let numbers = cells.flatMap { $0 }.compactMap { $0 }.map { $0.text(decimals: decimals).count }
    let numberWidth = 2 + (numbers.max() ?? 1)
    let labelWidth = min(rowLabels.map(\.columns).max() ?? 0, screen.columns / 3)
    let room = screen.columns - labelWidth - 2
    let axes =
      rowTitle.isEmpty && columnTitle.isEmpty ? "" : "\(rowTitle.plain) ↓  \(columnTitle.plain) →"
    if !axes.isEmpty { picture.add(axes.shortened(to: screen.columns)) }

    let short = columnLabels.map { $0.plain }
    let labelled = max(numberWidth, min(10, 1 + (short.map(\.columns).max() ?? 0)))
    if labelled * columns <= room {
      addRows(to: &picture, labelWidth, cellWidth: labelled, hasNumbers: true, screen.colours)
    } else if numberWidth * columns <= room {
      addRows(to: &picture, labelWidth, cellWidth: numberWidth, hasNumbers: true, screen.colours)
    } else {
      let width = 2 * columns <= room ? 2 : 1
      let fits = columns <= room
      addRows(
        to: &picture, fits ? labelWidth : max(0, screen.columns - 2 - columns), cellWidth: width,
        hasNumbers: false, screen.colours)
    }
    addScale(to: &picture, within: screen.columns, screen.colours)
    return picture
  }

  /// Means over squares of `side` × `side` cells, named after the first row and column in each.
  package func merged(by side: Int) -> HeatMap {
    func starts(_ count: Int) -> [Int] { Array(stride(from: 0, to: count, by: side)) }
    var result = self
    result.rowLabels = starts(rows).map { rowLabels[$0] }
    result.columnLabels = starts(columns).map { columnLabels[$0] }
    result.range = scale
    result.scaleLabel = (scaleLabel + " (mean of \(side) × \(side) cells)").plain
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

  private func addRows(
    to picture: inout CharacterPicture, _ labelWidth: Int, cellWidth: Int, hasNumbers: Bool,
    _ colours: ColourDepth
  ) {
    let blank = String(repeating: " ", count: labelWidth + 1)
    if hasNumbers {
      picture.add(
        blank
          + columnLabels.map { $0.plain.shortened(to: cellWidth - 1).indented(to: cellWidth) }
          .joined())
    } else {
      // Column numbers written downwards, tens above ones.
      let digits = columnLabels.indices.map { String($0) }
      let height = digits.map(\.count).max() ?? 0
      for line in 0..<height {
        picture.add(
          blank
            + digits.map { text in
              let column = text.indented(to: height)
              return String(column[column.index(column.startIndex, offsetBy: line)])
                .indented(to: cellWidth)
            }.joined())
      }
    }
    for row in 0..<rows {
      let label = labelWidth == 0 ? "" : rowLabels[row].plain.shortened(to: labelWidth)
      var line: [CharacterPicture.Cell] = .text(label.padded(to: labelWidth) + " ")
      for column in 0..<columns {
        guard let value = value(row: row, column: column) else {
          line += .text(String(repeating: " ", count: cellWidth))
          continue
        }
        let back = Palette.ramp(at: share(value), colours)
        let front = back.luma < 0.55 ? Colour.white : .black
        let text =
          hasNumbers
          ? value.text(decimals: decimals).indented(to: cellWidth - 1) + " "
          : colours == .none
            ? String(repeating: shade(value), count: cellWidth)
            : String(repeating: " ", count: cellWidth)
        line += .text(text, front: front, back: back)
      }
      picture.add(line)
    }
  }

  private func shade(_ value: Double) -> Character {
    let shades = Array("·:-=+*#%@")
    return shades[min(shades.count - 1, Int(share(value) * Double(shades.count)))]
  }

  private func addScale(
    to picture: inout CharacterPicture, within room: Int, _ colours: ColourDepth
  ) {
    var line: [CharacterPicture.Cell] = .text(scale.lowerBound.text(decimals: decimals) + " ")
    for step in 0..<16 {
      let share = Double(step) / 15
      let value = scale.lowerBound + share * (scale.upperBound - scale.lowerBound)
      line.append(
        .init(colours == .none ? shade(value) : " ", back: Palette.ramp(at: share, colours)))
    }
    line += .text(" " + scale.upperBound.text(decimals: decimals) + "  ")
    if room - line.count > 2 {
      line += .text(scaleLabel.plain.shortened(to: room - line.count))
    }
    picture.add(Array(line.prefix(room)))
  }
}
