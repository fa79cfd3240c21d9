import Datasets
import Metrics
import PlainText
import Plotting

/// Accuracies on spoiled images, as tables, sentences and pictures.
struct RobustnessSheet {
  /// Of the models.
  let names: [String]
  let ladders: [SpoilLadder]
  /// In percent, [model][ladder][step][seed].
  let accuracies: [[[[Double]]]]
  /// Of each model the number of its colour and mark; by its position if nil.
  var styles: [Int]?

  private var isGraded: Bool { ladders[0].isGraded }

  private func spread(_ values: [Double]) -> Spread? { Spread(values) }

  private func mean(_ model: Int, _ ladder: Int, _ step: Int) -> Double {
    spread(accuracies[model][ladder][step])?.mean ?? .nan
  }

  /// Mean over the severities from 1 on, of one corruption or of all of them.
  private func meanOfSeverities(_ model: Int, _ ladders: some Sequence<Int>) -> Double {
    let values = ladders.flatMap { ladder in
      self.ladders[ladder].strengths.indices.dropFirst().map { mean(model, ladder, $0) }
    }
    return values.reduce(0, +) / Double(values.count)
  }

  var lines: [String] {
    names.indices.map { model in
      if isGraded {
        return
          "\(names[model]): \(percentText(mean(model, 0, 0))) as they are, mean of "
          + "\(counted(ladders.count, "corruption")) "
          + percentText(meanOfSeverities(model, ladders.indices))
      }
      let values = ladders[0].strengths.indices.map { mean(model, 0, $0) }
      let best = values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
      let worst = values.indices.reduce(0) { values[$1] < values[$0] ? $1 : $0 }
      guard values[worst] < values[best] else {
        return "\(names[model]): \(percentText(values[best])) throughout"
      }
      func place(_ step: Int) -> String {
        "\(percentText(values[step])) at \(SpoilLadder.plain(ladders[0].strengths[step]))"
      }
      return "\(names[model]): best \(place(best)), worst \(place(worst))"
    }
  }

  // MARK: Tables

  /// A row for each strength, or for each model and corruption.
  var table: Table {
    guard isGraded else {
      let ladder = ladders[0]
      return Table(
        [Table.Column(ladder.measure, key: "strength")] + names.map { Table.Column($0) },
        rows: ladder.strengths.indices.map { step in
          [.number(ladder.strengths[step], decimals: decimals(of: ladder))]
            + names.indices.map { RunSet.cell(accuracies[$0][0][step]) }
        })
    }
    let severities = ladders[0].strengths.indices
    let columns =
      (names.count > 1 ? ["model"] : []) + [
        "corruption", Table.Column("as it is", key: "severity_0"),
      ]
      + severities.dropFirst().map { Table.Column("\($0)", key: "severity_\($0)") } + ["mean"]
    let rows = names.indices.flatMap { model -> [[Table.Cell]] in
      let head: [Table.Cell] = names.count > 1 ? [.text(names[model])] : []
      let each = ladders.indices.map { ladder -> [Table.Cell] in
        head + [.text(ladders[ladder].name)]
          + severities.map { RunSet.cell(accuracies[model][ladder][$0]) }
          + [.percent(meanOfSeverities(model, [ladder]))]
      }
      let means = severities.map { step -> Table.Cell in
        .percent(
          ladders.indices.reduce(0) { $0 + mean(model, $1, step) } / Double(ladders.count))
      }
      return each + [
        head + ["mean"] + means + [.percent(meanOfSeverities(model, ladders.indices))]
      ]
    }
    return Table(columns, rows: rows)
  }

  private func decimals(of ladder: SpoilLadder) -> Int {
    ladder.strengths.allSatisfy { $0 == $0.rounded() } ? 0 : 2
  }

  /// A row for each model, corruption, strength and seed, for other programs.
  var rows: Table {
    var rows: [[Table.Cell]] = []
    for (model, name) in names.enumerated() {
      for (position, ladder) in ladders.enumerated() {
        for (step, strength) in ladder.strengths.enumerated() {
          for (seed, accuracy) in accuracies[model][position][step].enumerated() {
            rows.append([
              .text(name), .integer(seed + 1), .text(ladder.name),
              ladder.isGraded ? .integer(Int(strength)) : .missing,
              ladder.strength(at: step).map { .number($0, decimals: 2) } ?? .missing,
              .number(accuracy, decimals: 2),
            ])
          }
        }
      }
    }
    return Table(["model", "member", "corruption", "severity", "strength", "accuracy"], rows: rows)
  }

  var record: ResultRecord {
    [
      "unit": "percent",
      "corruptions": ladders.enumerated().map { position, ladder -> ResultRecord in
        [
          "corruption": ladder.name, "measure": ladder.measure,
          "strengths": ladder.strengths,
          "models": names.indices.map { model -> ResultRecord in
            [
              "name": names[model],
              "accuracy": ladder.strengths.indices.map { mean(model, position, $0) },
              "accuracies": accuracies[model][position],
            ]
          },
        ]
      },
      "means": isGraded
        ? names.indices.map { model -> ResultRecord in
          [
            "name": names[model], "clean": mean(model, 0, 0),
            "mean": meanOfSeverities(model, ladders.indices),
          ]
        } : nil,
    ]
  }

  // MARK: Pictures

  private func heading(of ladder: SpoilLadder) -> String {
    ladder.isAttack
      ? "Accuracy under one step of the fast gradient sign method"
      : "Accuracy on images that are spoiled: \(ladder.name)"
  }

  func figure(title: String?) -> Figure {
    guard isGraded else {
      let ladder = ladders[0]
      var chart = LineChart(
        title: title ?? heading(of: ladder),
        xLabel: ladder.measure, yLabel: "Accuracy (%)", yRange: 0...100,
        series: names.indices.map { model in
          .init(
            name: names[model],
            points: ladder.strengths.indices.map { step in
              let spread = spread(accuracies[model][0][step])
              return .init(
                x: ladder.strengths[step], y: spread?.mean ?? .nan,
                error: spread?.standardDeviation)
            }, style: styles?[model], runs: accuracies[model][0].map(\.count).max())
        })
      (chart.errors, chart.isOrderedByEnd) = (.band, true)
      return .lines(chart)
    }
    let bars = BarChart(
      title: title ?? "Accuracy by corruption, mean of severities 1 to 5",
      labels: ["as they are"] + ladders.map(\.name) + (ladders.count > 1 ? ["mean"] : []),
      series: names.indices.map { model in
        let each = ladders.indices.map { meanOfSeverities(model, [$0]) }
        let all = ladders.count > 1 ? [meanOfSeverities(model, ladders.indices)] : []
        return .init(
          name: names[model],
          values: ([mean(model, 0, 0)] + each + all).map { ($0 * 10).rounded() / 10 },
          style: styles?[model])
      }, valueLabel: "Accuracy (%)")
    let maps = names.indices.map { model in
      HeatMap(
        title: "Accuracy of \(names[model]), %", rowTitle: "", columnTitle: "severity",
        rowLabels: ladders.map(\.name),
        columnLabels: ladders[0].strengths.map(SpoilLadder.plain),
        cells: ladders.indices.map { ladder in
          ladders[ladder].strengths.indices.map { mean(model, ladder, $0) }
        }, range: 0...100, scaleLabel: "%")
    }
    let high = max(400, 90 + (ladders.count + 2) * (26 + 14 * (names.count - 1)))
    let first = Panels.Panel(.bars(bars), width: 720, height: high)
    let rest = maps.map { Panels.Panel(.heatMap($0), width: 620, height: 480) }
    guard rest.count == 1 else {
      let pairs = stride(from: 0, to: rest.count, by: 2).map {
        Array(rest[$0..<min($0 + 2, rest.count)])
      }
      return .panels(Panels(rows: [[first]] + pairs))
    }
    return .panels(Panels(rows: [[first] + rest]))
  }
}
