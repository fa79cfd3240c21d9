import Datasets
import Inspection
import PlainText
import Plotting
import Randomness

/// A model's answers to single images, as `predict` shows them: each image beside bars of its most
/// likely classes.
struct AnswerSheet {
  private let answers: Predictions
  private let data: DataSet
  private let split: DataSet.Split
  private let files: [String]?
  private let top: Int
  private let showsLogits: Bool

  static let noProbabilities =
    "this head gives no probabilities: its shares are a softmax over scores, good for comparing only"

  /// - Parameters:
  ///   - files: The names of photographs; nil for images of a data set.
  ///   - top: How many classes of each image.
  init(
    _ answers: Predictions, _ data: DataSet, _ split: DataSet.Split, files: [String]?, top: Int,
    showsLogits: Bool
  ) {
    self.answers = answers
    self.data = data
    self.split = split
    self.files = files
    self.top = top
    self.showsLogits = showsLogits
  }

  private func name(at position: Int) -> String {
    files.map { $0[position] } ?? "\(answers.images[position])"
  }

  /// What an output stands for, in words.
  private func name(of output: Int, at position: Int) -> String {
    if let label = answers.label(of: output, at: position) { return data.numberedName(label) }
    let classes = answers.classes[output]
    return classes.isEmpty
      ? "output \(output), without a class"
      : classes.map(data.numberedName).joined(separator: " or ")
  }

  /// A sentence for each image.
  var lines: [String] { (0..<answers.count).map(sentence) }

  private func sentence(at position: Int) -> String {
    let answer = answers[position]
    let best = answers.ranking(at: position)[0]
    let share = "\(fixed(100 * answer.probability, 1)) %"
    let said =
      answer.probability > 0 ? "\(name(of: best.output, at: position)), \(share)" : "no answer"
    guard let label = answer.label else { return "\(name(at: position)): \(said)" }
    let image = "\(split.image(answers.images[position])): \(data.numberedName(label))"
    return answer.isRight ? "\(image); right, \(share)" : "\(image); wrong: \(said)"
  }

  /// A row for each of the most likely classes of each image.
  var table: Table {
    var columns: [Table.Column] = [
      files == nil ? .image(of: split) : "image", "rank", "class", "name",
      Table.Column("percent", key: "probability_percent"),
    ]
    if showsLogits { columns.append("logit") }
    let rows = (0..<answers.count).flatMap { position in
      answers.ranking(at: position).prefix(top).enumerated().map { rank, entry -> [Table.Cell] in
        let label = answers.label(of: entry.output, at: position)
        let row: [Table.Cell] = [
          files.map { .text($0[position]) } ?? .integer(answers.images[position]),
          .integer(rank + 1), label.map { .integer($0) } ?? .missing,
          .text(label.map(data.className) ?? name(of: entry.output, at: position)),
          .number(100 * entry.probability, decimals: 2),
        ]
        let logit = Array(answers.scores(at: position))[entry.output]
        return showsLogits ? row + [.number(Double(logit), decimals: 3)] : row
      }
    }
    return Table(columns, rows: rows)
  }

  /// The same with each image's true class beside it, for other programs.
  var wholeTable: Table {
    let short = table
    let truth = (0..<answers.count).flatMap { position in
      answers.ranking(at: position).prefix(top).map { _ in answers[position].label }
    }
    return Table(
      [short.columns[0], "label"] + short.columns.dropFirst(),
      rows: zip(short.rows, truth).map { row, label in
        [row[0], label.map { .integer($0) } ?? .missing] + row.dropFirst()
      })
  }

  /// A row of panels for each image.
  var panels: Panels {
    let tiles = data.tiles(
      answers.images, of: split, captions: false, plain: true, RandomStream(seed: 0))
    let rows = (0..<answers.count).map { position -> [Panels.Panel] in
      let best = Array(answers.ranking(at: position).prefix(top))
      let label = answers[position].label
      let bars = BarChart(
        title: label.map { "\(name(at: position)) is \(data.numberedName($0))" }
          ?? name(at: position),
        labels: best.map { name(of: $0.output, at: position) },
        series: [
          .init(
            name: "probability", values: best.map { (1000 * $0.probability).rounded() / 10 })
        ],
        valueLabel: "% (softmax)")
      return [
        .init(.images(ImageGrid(tiles: [tiles[position]], padding: 1)), width: 200, height: 200),
        .init(.bars(bars), width: 560, height: max(200, 70 + 26 * best.count)),
      ]
    }
    return Panels(rows: rows)
  }
}
