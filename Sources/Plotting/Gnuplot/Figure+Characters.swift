import PlainText

extension Figure {
  /// The characters that no installed font has, each once, in the order in which they come; a picture
  /// of this format has `□` in their place. Of an SVG, which whoever looks at it draws with fonts of
  /// their own, and of LaTeX code, none.
  public func charactersWithoutFont(in format: PictureFormat) -> [Character] {
    [.svg, .tex].contains(format) ? [] : withFontsOnly().missing
  }

  /// The same figure with a sign in place of each character that no installed font has: gnuplot's
  /// library would draw a black letter over all of the picture there.
  func withFontsOnly() -> (figure: Figure, missing: [Character]) {
    var fonts = InstalledFonts()
    let stand: Character = fonts.have("□") ? "□" : "?"
    var missing: [Character] = []
    let figure = mapTexts { text in
      if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
      return String(
        text.withoutControls.map { character in
          if fonts.have(character) { return character }
          if !missing.contains(character) { missing.append(character) }
          return stand
        })
    }
    return (figure, missing)
  }

  /// The same figure with other texts.
  private func mapTexts(_ change: (String) -> String) -> Figure {
    switch self {
    case .images(var grid):
      grid.title = grid.title.map(change)
      grid.key = grid.key.map(change)
      grid.blocks = grid.blocks.map { .init(name: change($0.name), count: $0.count) }
      grid.tiles = grid.tiles.map { tile in
        ImageGrid.Tile(
          width: tile.width, height: tile.height, rgb: tile.rgb, caption: tile.caption.map(change))
      }
      return .images(grid)
    case .bars(var chart):
      chart.title = chart.title.map(change)
      chart.labels = chart.labels.map(change)
      chart.valueLabel = change(chart.valueLabel)
      for index in chart.series.indices {
        chart.series[index].name = change(chart.series[index].name)
      }
      return .bars(chart)
    case .lines(var chart):
      chart.title = chart.title.map(change)
      (chart.xLabel, chart.yLabel) = (change(chart.xLabel), change(chart.yLabel))
      for index in chart.series.indices {
        chart.series[index].name = change(chart.series[index].name)
      }
      chart.borders = chart.borders.map { .init(x: $0.x, label: change($0.label)) }
      return .lines(chart)
    case .heatMap(var map):
      map.title = map.title.map(change)
      (map.rowTitle, map.columnTitle) = (change(map.rowTitle), change(map.columnTitle))
      map.rowLabels = map.rowLabels.map(change)
      map.columnLabels = map.columnLabels.map(change)
      map.scaleLabel = change(map.scaleLabel)
      map.columnGroups = map.columnGroups.map {
        .init(start: $0.start, name: change($0.name), shortName: change($0.shortName))
      }
      return .heatMap(map)
    case .points(var scatter):
      scatter.title = scatter.title.map(change)
      (scatter.xLabel, scatter.yLabel) = (change(scatter.xLabel), change(scatter.yLabel))
      for index in scatter.groups.indices {
        scatter.groups[index].name = change(scatter.groups[index].name)
      }
      scatter.marks = scatter.marks.map { .init(change($0.text), at: $0.place) }
      return .points(scatter)
    case .panels(var panels):
      panels.title = panels.title.map(change)
      panels.rows = panels.rows.map { row in
        row.map {
          .init($0.figure.mapTexts(change), width: $0.size.width, height: $0.size.height)
        }
      }
      return .panels(panels)
    }
  }
}
