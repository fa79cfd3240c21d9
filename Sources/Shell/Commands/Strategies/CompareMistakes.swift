import CommandLanguage
import Datasets
import Inspection
import Metrics
import PlainText
import Plotting
import Randomness

extension Command<ShellContext> {
  static var compareMistakes: ShellCommand {
    let models = Parameter.positional(
      "models", .list(of: .object(.run, .checkpoint, .network), count: 2...2),
      "Two runs, checkpoints or networks: [ft, kd] or [kd@1, kd@2].")
    let count = Parameter.option(
      "n", .integer(0...256), default: 8, "Images of each kind of difference to show.")
    return ShellCommand(
      "compare mistakes", "Shows which images one model gets right and another wrong.",
      category: .strategies, effect: .looks, searchWords: ["mcnemar", "disagreement"],
      parameters: [models, ModelImages.tasks, ModelImages.split, count]
        + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("compare mistakes [ft, kd]", "Both right, only one, none; McNemar's test."),
        Example("compare mistakes [kd@1, kd] on=T.1", "What was forgotten of task 1."),
      ],
      seeAlso: ["show mistakes", "compare", "predict"],
      discussion: """
        McNemar's exact test asks whether the images that only one of the two gets right are shared \
        out as a fair coin would: it tests these two models on these images, and says nothing of other \
        seeds. 'compare' with several seeds does.
        """
    ) { context, arguments in
      let names = arguments[models].map(\.name)
      guard names[0] != names[1] else { throw ModelProblem.sameTwice(name: names[0]) }
      let asked = try arguments[models].map { try context.askedImages(of: $0, arguments) }
      // Both answer the images that both can be asked about.
      let both =
        asked[1].images == asked[0].images
        ? asked[0].images
        : asked[0].images.filter(
          Set(asked[1].images).contains)
      guard asked[0].data.digest == asked[1].data.digest, !both.isEmpty else {
        throw ModelProblem.nothingInCommon(names[0], names[1])
      }
      let answers = try asked.map {
        try context.predictions(of: $0.model, $0.data, split: $0.split, images: both)
      }
      let cells = Disagreement(answers[0], answers[1])
      let groups: [(key: String, positions: [Int])] = [
        ("both right", cells.bothRight), ("only \(names[0]) right", cells.onlyFirst),
        ("only \(names[1]) right", cells.onlySecond), ("both wrong", cells.neither),
      ]
      let test = PairedTest.mcNemar(
        onlyFirstIsRight: cells.onlyFirst.count, onlySecondIsRight: cells.onlySecond.count)
      let (data, split) = (asked[0].data, asked[0].split)
      var output = CommandOutput(
        "\(split.images(both.count)): "
          + groups.map { "\(grouped($0.positions.count)) \($0.key)" }.joined(separator: ", "),
        table: Table(
          ["images", "of which", Table.Column("percent", key: "percent"), .image(of: split)],
          rows: groups.map {
            [
              .text($0.key), .integer($0.positions.count),
              .number(100 * Double($0.positions.count) / Double(both.count), decimals: 2),
              .text($0.positions.prefix(5).map { "\(both[$0])" }.joined(separator: " ")),
            ]
          }),
        notes: [sentence(of: test, names)],
        warnings: Array(Set(asked.flatMap(\.notes))).sorted(),
        record: [
          "models": names, "images": both.count, "both_right": cells.bothRight.map { both[$0] },
          "only_first": cells.onlyFirst.map { both[$0] },
          "only_second": cells.onlySecond.map { both[$0] },
          "both_wrong": cells.neither.map { both[$0] }, "mcnemar_p": test.p,
        ] as ResultRecord)
      output.tablesOfForms["csv"] = output.table?.without("image")
      let limit = arguments[count]
      let rows = groups.dropFirst().filter { !$0.positions.isEmpty && limit > 0 }
      guard !rows.isEmpty else { return output }
      output.figure = .panels(
        Panels(
          title: "Mistakes of \(names[0]) and \(names[1])",
          rows: rows.enumerated().map { index, row in
            let (key, positions) = row
            let shown = Array(positions.prefix(limit))
            let tiles = data.tiles(
              shown.map { both[$0] }, of: split, captions: false, plain: true,
              RandomStream(seed: 0))
            let captioned = zip(tiles, shown).map { tile, position in
              tile.captioned(
                "\(both[position]): \(answers[0][position].label.map(String.init) ?? "?") → "
                  + answers.map { $0[position].answer.map(String.init) ?? "?" }
                  .joined(separator: ", "))
            }
            let grid = ImageGrid(
              title: "\(key): \(counted(positions.count, "image"))",
              key: index > 0
                ? nil
                : "below each image: its number: its class → what \(names[0]) answers, what "
                  + "\(names[1]) does", tiles: captioned, perRow: 8)
            return [
              .init(
                .images(grid), width: 1000,
                height: grid.headingHeight + 2 + 150 * ((shown.count + 7) / 8))
            ]
          }))
      output.pictureNotes.append(
        "below each image: its number, its class → what '\(names[0])' answers, what '\(names[1])' does"
      )
      return output
    }
  }
}

private func sentence(of test: PairedTest, _ names: [String]) -> String {
  guard test.pairs > 0 else { return "the two never differ: there is nothing to test" }
  let p = test.p < 0.001 ? "p < 0.001" : "p = \(fixed(test.p, 3))"
  return "McNemar's exact test: \(p) for '\(names[0])' and '\(names[1])' being right equally often"
}
