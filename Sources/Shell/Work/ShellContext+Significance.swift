import CommandLanguage
import Datasets
import Inspection
import Learning
import Metrics
import PlainText
import Sessions

extension ShellContext {
  /// Every pair of rows tested over the seeds that both have.
  func significance(
    of sets: [RunSet], by test: SignificanceTest, _ figure: TestedFigure, _ metric: AccuracyMetric,
    _ head: Classifier?
  ) throws -> CommandOutput {
    let columns = sets.map { set -> (name: String, values: [Int: Double]) in
      var values: [Int: Double] = [:]
      for (_, run) in set.runs {
        values[run.setup.seed] = figure.value(of: run.metrics(by: metric, classifier: head))
      }
      return (set.name, values)
    }
    var comparisons: [SeedComparison] = []
    for (first, second) in pairs(of: columns.indices) {
      let names = (columns[first].name, columns[second].name)
      let common = Set(columns[first].values.keys).intersection(columns[second].values.keys)
      guard common.count > 1 else {
        throw RunProblem.tooFewSeeds(names.0, names.1, common: common.count)
      }
      guard let comparison = SeedComparison(columns[first], columns[second], by: test) else {
        throw RunProblem.tooManySeeds(common.count, limit: PairedTest.mostPermutedPairs)
      }
      comparisons.append(comparison)
    }
    let adjusted = PairedTest.holmAdjusted(comparisons.map(\.test.p))
    let isSeveral = comparisons.count > 1
    var columnsOfTable: [Table.Column] = [
      "first", "second", Table.Column("mean of first", key: "mean_first", short: "1st"),
      Table.Column("mean of second", key: "mean_second", short: "2nd"),
      Table.Column("difference", short: "diff."), "seeds",
      Table.Column("second higher", key: "second_higher", short: "higher"),
      Table.Column("p"),
    ]
    if isSeveral { columnsOfTable.append(Table.Column("p (Holm)", key: "p_holm")) }
    columnsOfTable.append(Table.Column("least p", key: "smallest_p"))
    let rows = zip(comparisons, adjusted).map { comparison, holm -> [Table.Cell] in
      let (a, b) = (comparison.values.map(\.first), comparison.values.map(\.second))
      var row: [Table.Cell] = [
        .text(comparison.first), .text(comparison.second), RunSet.cell(a), RunSet.cell(b),
        RunSet.cell(comparison.differences), .integer(comparison.seeds.count),
        .integer(comparison.differences.count { $0 > 0 }), .number(comparison.test.p, decimals: 4),
      ]
      if isSeveral { row.append(.number(holm, decimals: 4)) }
      row.append(
        .number(PairedTest.smallestP(pairs: comparison.seeds.count), decimals: 4))
      return row
    }
    var output = CommandOutput(
      table: Table(columnsOfTable, rows: rows),
      notes: comparisons.map(\.differencesInWords), warnings: warnings(of: comparisons, test),
      record: record(of: comparisons, adjusted, test, figure, metric))
    let words = test == .sign ? "sign test" : "permutation test"
    output.lines = [
      "\(figure.rawValue) (\(metric.rawValue)) by seed, exact two-sided \(words)"
    ]
    return output
  }

  private func record(
    of comparisons: [SeedComparison], _ adjusted: [Double], _ test: SignificanceTest,
    _ figure: TestedFigure, _ metric: AccuracyMetric
  ) -> ResultRecord {
    [
      "test": test.rawValue, "figure": figure.rawValue, "metric": metric.rawValue,
      "comparisons": zip(comparisons, adjusted).map { comparison, holm -> ResultRecord in
        [
          "first": comparison.first, "second": comparison.second, "seeds": comparison.seeds,
          "firstValues": comparison.values.map(\.first),
          "secondValues": comparison.values.map(\.second),
          "differences": comparison.differences, "p": comparison.test.p, "pHolm": holm,
          "pairs": comparison.test.pairs,
          "smallestP": PairedTest.smallestP(pairs: comparison.seeds.count),
        ]
      },
    ]
  }

  /// What so few seeds can say, and which were left out.
  private func warnings(
    of comparisons: [SeedComparison], _ test: SignificanceTest
  ) -> [String] {
    var warnings: [String] = []
    let fewest = comparisons.map(\.seeds.count).min() ?? 0
    let least = PairedTest.smallestP(pairs: fewest)
    if least * Double(comparisons.count) > SignificanceTest.level {
      let needed = (1...64).first {
        PairedTest.smallestP(pairs: $0) * Double(comparisons.count) <= SignificanceTest.level
      }
      let among = comparisons.count > 1 ? " among \(comparisons.count) comparisons" : ""
      warnings.append(
        "\(counted(fewest, "seed")): the smallest p that this test can give is "
          + "\(decimal(least)), however large the difference; "
          + "at least \(needed ?? 6) seeds are needed to fall below "
          + "\(decimal(SignificanceTest.level))\(among)")
    }
    for comparison in comparisons where !comparison.unpaired.isEmpty {
      warnings.append(
        "\(listed(comparison.unpaired, "seed")) left out: only one of '\(comparison.first)' and "
          + "'\(comparison.second)' has \(comparison.unpaired.count == 1 ? "it" : "them")")
    }
    return warnings
  }

  /// Every pair of runs tested on the same images, as they stand now.
  mutating func mcNemar(of sets: [RunSet], _ arguments: Arguments) throws -> CommandOutput {
    if let group = sets.first(where: { $0.runs.count > 1 }) {
      throw RunProblem.seedsInMcNemar(name: group.name)
    }
    var models: [(name: String, asked: ModelImages.Asked)] = []
    for set in sets {
      let object = try run(set.name)
      let head = try HeadChoice.position(of: arguments.head, in: object.run, set.name)
      guard let model = Model(object.run, classifier: head) else {
        throw ModelProblem.nothingLearned(name: set.name, run: set.name)
      }
      let data = try data(object.data)
      let images = data.test.indices(of: model.tasks.tasks.joined())
      models.append(
        (
          set.name,
          .init(
            model: model, data: data, dataName: object.data, split: .test, images: images, notes: []
          )
        ))
    }
    var tests: [(first: Int, second: Int, images: Int, cells: Disagreement, test: PairedTest)] = []
    // Models that have learned the same classes answer once, however many they are compared with.
    var known: [Int: [[Int]: Predictions]] = [:]
    for (first, second) in pairs(of: models.indices) {
      let (a, b) = (models[first].asked, models[second].asked)
      let both = a.images.filter(Set(b.images).contains)
      guard a.data.digest == b.data.digest, !both.isEmpty else {
        throw ModelProblem.nothingInCommon(models[first].name, models[second].name)
      }
      let answers = try [first, second].map { place in
        if let found = known[place]?[both] { return found }
        let asked = models[place].asked
        let made = try predictions(of: asked.model, asked.data, split: .test, images: both)
        known[place, default: [:]][both] = made
        return made
      }
      let cells = Disagreement(answers[0], answers[1])
      let test = PairedTest.mcNemar(
        onlyFirstIsRight: cells.onlyFirst.count, onlySecondIsRight: cells.onlySecond.count)
      tests.append((first, second, both.count, cells, test))
    }
    let adjusted = PairedTest.holmAdjusted(tests.map(\.test.p))
    var columns: [Table.Column] = [
      "first", "second", "images", Table.Column("only first right", key: "only_first"),
      Table.Column("only second right", key: "only_second"), "p",
    ]
    if tests.count > 1 { columns.append(Table.Column("p (Holm)", key: "p_holm")) }
    let rows = zip(tests, adjusted).map { test, holm -> [Table.Cell] in
      let row: [Table.Cell] = [
        .text(models[test.first].name), .text(models[test.second].name), .integer(test.images),
        .integer(test.cells.onlyFirst.count), .integer(test.cells.onlySecond.count),
        .number(test.test.p, decimals: 4),
      ]
      return tests.count > 1 ? row + [.number(holm, decimals: 4)] : row
    }
    return CommandOutput(
      "McNemar's exact test on the test images, runs as they are now",
      table: Table(columns, rows: rows),
      notes: [
        "it tests these runs on these images and says nothing of other seeds; "
          + "'compare mistakes' shows the images"
      ])
  }
}

private func pairs(of indices: Range<Int>) -> [(Int, Int)] {
  indices.flatMap { first in indices.filter { $0 > first }.map { (first, $0) } }
}

/// Without superfluous zeros.
private func decimal(_ number: Double) -> String {
  let text = fixed(number, 4)
  return String(text.reversed().drop { $0 == "0" }.reversed())
}
