import PlainText

extension Scatter {
  /// Braille dots, eight to the character, in the colour of the group that has most of them;
  /// without colours a letter for that group. Marks stand on top.
  package func characters(on screen: TerminalScreen) -> CharacterPicture {
    var picture = CharacterPicture()
    if legend != .alone {
      let axes = TextAxes(x: horizontal, y: vertical, on: screen)
      picture.add(headings: [title ?? "", yLabel], within: screen.columns)
      axes.add(cells(in: axes, screen.colours), xLabel: xLabel, to: &picture)
    }
    if legend != .none {
      picture.add(
        legend: entries.map {
          (.init(sign(of: $0.style, screen.colours), front: colour(of: $0.style)), $0.name)
        }, within: screen.columns)
    }
    return picture
  }

  private func colour(of style: Int) -> Colour {
    groups.first { $0.style == style }?.ownColour ?? Palette.colour(style)
  }

  private func sign(of style: Int, _ colours: ColourDepth) -> Character {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    return colours == .none ? letters[style % letters.count] : "●"
  }

  private func cells(in axes: TextAxes, _ colours: ColourDepth) -> [[CharacterPicture.Cell]] {
    var cells = axes.emptyCells
    var dots = DotGrid(columns: axes.width, rows: axes.height)
    // Of each character the points of each style.
    var counts: [Int: [Int: Int]] = [:]
    for group in groups {
      for point in group.finitePoints where shows(point) {
        let (x, y) = axes.dot(x: point.x, y: point.y)
        dots.set(x, y)
        counts[y / 4 * axes.width + x / 2, default: [:]][group.style, default: 0] += 1
      }
    }
    for (place, styles) in counts {
      let (row, column) = place.quotientAndRemainder(dividingBy: axes.width)
      // Of equally many the first.
      guard let style = styles.min(by: { ($1.value, $0.key) < ($0.value, $1.key) })?.key,
        let character = dots.character(column, row)
      else { continue }
      cells[row][column] = .init(
        colours == .none ? sign(of: style, colours) : character, front: colour(of: style))
    }
    var taken: [Set<Int>] = Array(repeating: [], count: axes.height)
    for mark in marks where mark.place.isFinite { add(mark, to: &cells, &taken, in: axes) }
    return cells
  }

  private func add(
    _ mark: Mark, to cells: inout [[CharacterPicture.Cell]], _ taken: inout [Set<Int>],
    in axes: TextAxes
  ) {
    let text = mark.text.withoutControls.fitted(to: min(12, axes.width))
    guard text.count == displayWidth(text) else { return }
    let own = axes.row(of: mark.place.y)
    let middle = axes.column(of: mark.place.x) - text.count / 2
    // The nearest place with a blank on both sides: no mark runs into another.
    let places = (0..<axes.height).lazy.flatMap { ring in
      (-ring...ring).lazy.flatMap { down -> [(row: Int, start: Int)] in
        let aside = 2 * (ring - abs(down))
        return (aside == 0 ? [0] : [aside, -aside]).map {
          (row: own + down, start: middle + $0)
        }
      }
    }
    let free = places.first { row, start in
      taken.indices.contains(row) && start >= 0 && start + text.count <= axes.width
        && taken[row].isDisjoint(with: start - 1...start + text.count)
    }
    let (row, start) = free ?? (own, max(0, min(axes.width - text.count, middle)))
    taken[row].formUnion(start..<start + text.count)
    for (offset, character) in text.enumerated() {
      cells[row][start + offset] = .init(character)
    }
  }
}
