import CommandLanguage
import Datasets
import Networks
import PlainText
import Plotting

extension Command<ShellContext> {
  static var plotChannels: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let classes = Parameter.optional(
      "class", .classes, "Only images of these classes, a picture for each of up to 12.")
    let split = Parameter.split(default: .train)
    return ShellCommand(
      "plot channels", "Draws how often each brightness occurs in red, green and blue.",
      category: .plots, effect: .looks, searchWords: ["histogram"],
      parameters: [data, classes, split] + PlotAppearance.options(of: .panels),
      formats: .tableAndPicture,
      examples: [
        Example("plot channels signs > channels.png", "Over all training images."),
        Example(
          "plot channels signs class=[14, 38] > two.png", "Of two classes, one above the other."),
      ],
      seeAlso: ["show mean", "show suspects", "transform"],
      discussion: """
        Of the images as they were loaded, before the transform. Each point of a curve stands for 4 of the \
        256 values; the table has mean and standard deviation of each channel, which is what \
        'transform … normalize=on' takes out.
        """
    ) { context, arguments in
      let set = try context.data(arguments[data].name)
      let (split, images) = (arguments[split], set[arguments[split]])
      let named = try arguments[classes].map { try context.classes($0, of: set, at: classes) }
      let groups: [(name: String, label: Int?, images: [Int])] =
        named.map { $0.map { (set.numberedName($0), $0, images.indices(of: [$0])) } }
        ?? [("all classes", nil, Array(0..<images.count))]
      let pool = context.training.device.pool
      let found = groups.filter { !$0.images.isEmpty }.map { group in
        (group: group, histograms: images.histograms(of: group.images, on: pool))
      }
      guard !found.isEmpty else { throw DataProblem.noImages }
      guard found.count <= 12 else { throw SuspectProblem.tooManyClasses(found.count, limit: 12) }
      let panels = found.map { entry in
        Panels.Panel(
          .lines(
            chart(entry.histograms, "\(entry.group.name): \(split.rawValue) images")),
          width: 960, height: found.count == 1 ? 520 : 320)
      }
      var whole = Table(["class", "value"] + images.shape.channelNames.map { Table.Column($0) })
      for entry in found {
        for value in 0..<256 {
          whole.rows.append(
            [entry.group.label.map { .integer($0) } ?? .missing, .integer(value)]
              + entry.histograms.map { .integer($0[value]) })
        }
      }
      var output = CommandOutput(
        table: moments(
          found.map { ($0.group.name, $0.group.images.count, $0.histograms) }, images.shape),
        figure: panels.count == 1 ? panels[0].figure : .panels(Panels(rows: panels.map { [$0] })))
      for form in ["csv", "json"] { output.tablesOfForms[form] = whole }
      return output
    }
  }
}

/// Mean and standard deviation of each channel, a row for each group of images.
private func moments(
  _ groups: [(name: String, images: Int, histograms: [[Int]])], _ shape: ImageShape
) -> Table {
  Table(
    ["images of", "images"]
      + shape.channelNames.flatMap { [Table.Column("mean \($0)"), Table.Column("sd \($0)")] },
    rows: groups.map { group in
      [.text(group.name), .integer(group.images)]
        + group.histograms.flatMap { counts -> [Table.Cell] in
          let total = Double(counts.reduce(0, +))
          func mean(_ value: (Double) -> Double) -> Double {
            counts.enumerated().reduce(0) { $0 + value(Double($1.offset)) * Double($1.element) }
              / total
          }
          let center = mean { $0 }
          return [
            .number(center, decimals: 1),
            .number(mean { ($0 - center) * ($0 - center) }.squareRoot(), decimals: 1),
          ]
        }
    })
}

/// Values that one point of a curve stands for.
private let binWidth = 4

private func chart(_ histograms: [[Int]], _ title: String) -> LineChart {
  let curves = histograms.map { counts in
    let total = Double(counts.reduce(0, +))
    return stride(from: 0, to: 256, by: binWidth).map { start in
      LineChart.Point(
        x: Double(start) + Double(binWidth - 1) / 2,
        y: 100 * Double(counts[start..<start + binWidth].reduce(0, +)) / total)
    }
  }
  // In this order the palette's colours are blue, a red and green.
  let series: [LineChart.Series] =
    curves.count == 3
    ? [(2, "blue"), (0, "red"), (1, "green")].map { .init(name: $1, points: curves[$0]) }
    : curves.map { .init(name: "gray", points: $0) }
  return LineChart(
    title: title, xLabel: "Value, 0 to 255", yLabel: "Share of the pixels (%)", series: series)
}
