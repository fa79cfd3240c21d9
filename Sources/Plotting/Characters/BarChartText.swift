import PlainText

extension BarChart {
  /// A line for each bar, whatever the orientation: label, bar in eighths of a character, value.
  package func characters(on screen: TerminalScreen) -> CharacterPicture {
    var picture = CharacterPicture()
    if let title { picture.add(title.withoutControls.fitted(to: screen.columns)) }
    if hasLegend {
      picture.add(
        series.enumerated().flatMap { index, series in
          [CharacterPicture.Cell].text(mark(index, screen.colours), front: colour(of: index))
            + .text(
              " \(series.name.withoutControls.fitted(to: max(2, screen.columns / self.series.count - 5)))  "
            )
        })
    }
    let labelWidth = min(labels.map { displayWidth($0) }.max() ?? 0, screen.columns * 2 / 5)
    let decimals = decimals ?? Plotting.decimals(for: values)
    let valueWidth = values.map { groupedFixed($0, decimals).count }.max() ?? 0
    let room = max(4, screen.columns - labelWidth - valueWidth - 4)
    let longest = max(values.map(\.magnitude).max() ?? 0, .leastNormalMagnitude)
    for (position, label) in labels.enumerated() {
      let shown = series.enumerated().filter { _, series in
        !isExclusive || bars(of: series).contains { $0.position == position }
      }
      for (place, (index, series)) in shown.enumerated() {
        let name = place == 0 ? label.withoutControls.fitted(to: labelWidth) : ""
        var line: [CharacterPicture.Cell] = .text(name.padded(to: labelWidth) + " ")
        if let value = bars(of: series).first(where: { $0.position == position })?.value {
          let share = value.magnitude / longest
          line += .text(
            bar(share * Double(room), index, screen.colours), front: colour(of: index))
          line += .text(" " + groupedFixed(value, decimals))
        }
        picture.add(line)
      }
    }
    if !valueLabel.isEmpty {
      picture.add(
        String(repeating: " ", count: labelWidth + 1)
          + valueLabel.withoutControls.fitted(to: screen.columns - labelWidth - 1))
    }
    return picture
  }

  private func mark(_ index: Int, _ colours: ColourDepth) -> String {
    colours == .none ? String(Array("#=+o")[index % 4]) : "█"
  }

  private func bar(_ length: Double, _ index: Int, _ colours: ColourDepth) -> String {
    if colours == .none {
      return String(repeating: mark(index, colours), count: Int(length.rounded()))
    }
    let eighths = Int((length * 8).rounded())
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + part
  }
}
