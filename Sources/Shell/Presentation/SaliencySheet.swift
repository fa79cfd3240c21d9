import CommandLanguage
import Datasets
import Inspection
import Networks
import PlainText
import Plotting

/// Where in some images a score comes from, as `show saliency` shows it: each image, its map, and the
/// map over the image, with the scale below.
struct SaliencySheet {
  /// How the maps were made.
  enum Way {
    case gradient(isNormalized: Bool)
    case gradCAM(MapLayer)
    case occlusion(patch: Int, stride: Int, isLogit: Bool)
  }

  private let maps: [PixelMap]
  private let subject: ShellContext.Subject
  private let answers: Predictions
  private let outputs: [Int]
  private let way: Way
  private let model: String

  /// - Parameters:
  ///   - maps: One for each image.
  ///   - subject: With the transform that the model reads images through.
  ///   - outputs: Whose score is looked into, one for each image.
  init(
    _ maps: [PixelMap], _ subject: ShellContext.Subject, _ answers: Predictions, outputs: [Int],
    _ way: Way, model: String
  ) {
    self.maps = maps
    self.subject = subject
    self.answers = answers
    self.outputs = outputs
    self.way = way
    self.model = model
  }

  // MARK: Words

  private var method: Saliency.Method {
    switch way {
    case .gradient: .gradient
    case .gradCAM: .gradcam
    case .occlusion: .occlusion
    }
  }

  /// Whose score is looked into.
  private func label(at position: Int) -> Int? {
    answers.label(of: outputs[position], at: position)
  }

  private func className(at position: Int) -> String {
    label(at: position).map(subject.data.numberedName) ?? "output \(outputs[position])"
  }

  private func score(at position: Int) -> Double {
    Double(Array(answers.scores(at: position))[outputs[position]])
  }

  private func probability(at position: Int) -> Double {
    answers.probabilities(at: position)[outputs[position]]
  }

  /// What the values of the maps are.
  private var explanation: String {
    switch way {
    case .gradient(let isNormalized):
      let units = isNormalized ? "of the normalized image" : "of pixels from 0 to 1"
      return "gradient: how fast the logit changes with each pixel, |dz/dx|, of the colours the "
        + "largest; x in units \(units)"
    case .gradCAM(let layer):
      return "Grad-CAM at \(layer.described): what in these maps speaks for the class, enlarged to "
        + "the image"
    case .occlusion(let patch, let stride, let isLogit):
      return
        "occlusion: by how much the \(isLogit ? "logit" : "score") falls where a grey square of "
        + "\(patch)×\(patch) pixels covers the image, "
        + (stride == 1 ? "at every pixel" : "every \(stride) pixels") + "; below 0 it rises"
    }
  }

  private func sentence(at position: Int) -> String {
    let map = maps[position]
    let values = "\(significant(Double(map.smallest), 3)) to \(significant(Double(map.largest), 3))"
    guard map.largest > 0 else {
      return "  \(method.rawValue) of \(className(at: position)): \(values): nothing speaks for it"
    }
    return "  \(method.rawValue) of \(className(at: position)): \(values), the largest at row "
      + "\(map.peak.row), column \(map.peak.column)"
  }

  private var lines: [String] {
    let sheet = AnswerSheet(
      answers, subject.data, subject.split, files: subject.files, top: 1, showsLogits: false)
    return zip(sheet.lines, maps.indices.map(sentence)).flatMap { [$0, $1] }
  }

  // MARK: Numbers

  /// Where the map is, in ninths of the image, for those who do not see it.
  private var table: Table {
    let parts = ["top", "middle", "bottom"]
    return Table(
      [
        subject.imageColumn, "part", Table.Column("left %", key: "left_percent"),
        Table.Column("center %", key: "center_percent"),
        Table.Column("right %", key: "right_percent"),
      ],
      rows: maps.indices.flatMap { position -> [[Table.Cell]] in
        guard let shares = maps[position].shares(parts: parts.count) else { return [] }
        return zip(parts, shares).map { part, row in
          [subject.cell(at: position), .text(part)]
            + row.map { .number(100 * $0, decimals: 1) }
        }
      })
  }

  /// A row for every pixel.
  private var pixels: Table {
    Table(
      ["image", "class", "row", "column", "value"],
      rows: maps.indices.flatMap { position in
        maps[position].values.enumerated().map { index, value -> [Table.Cell] in
          [
            subject.cell(at: position), label(at: position).map { .integer($0) } ?? .missing,
            .integer(index / maps[position].width), .integer(index % maps[position].width),
            .number(Double(value), decimals: 6),
          ]
        }
      })
  }

  private var record: ResultRecord {
    var record: ResultRecord = ["model": model, "method": method.rawValue]
    switch way {
    case .gradient: break
    case .gradCAM(let layer): record = record + ["layer": layer.name]
    case .occlusion(let patch, let stride, _):
      record = record + ["patch": patch, "stride": stride]
    }
    return record
      + [
        "images": maps.indices.map { position -> ResultRecord in
          let map = maps[position]
          return [
            "image": subject.files == nil ? subject.images[position] : nil,
            "file": subject.files?[position], "label": answers[position].label,
            "answer": answers[position].answer, "class": label(at: position),
            "output": outputs[position], "score": score(at: position),
            "probability_percent": 100 * probability(at: position),
            "smallest": map.smallest, "largest": map.largest, "row": map.peak.row,
            "column": map.peak.column,
            "map": (0..<map.height).map { row in
              Array(map.values[row * map.width..<(row + 1) * map.width])
            },
          ]
        }
      ]
  }

  // MARK: Picture

  private var colours: ColourScale { method == .occlusion ? .signed : .glow }

  /// What the ends of the colours stand for.
  private func range(of map: PixelMap) -> ClosedRange<Float> {
    switch way {
    // A few pixels far above all others would leave these black.
    case .gradient: return 0...max(0, map.quantile(0.99))
    case .gradCAM: return 0...max(0, map.largest)
    case .occlusion:
      let limit = max(abs(map.smallest), abs(map.largest))
      return -limit...limit
    }
  }

  private func legend(of map: PixelMap) -> String {
    let range = range(of: map)
    let ends =
      "\(significant(Double(range.lowerBound), 3)) to \(significant(Double(range.upperBound), 3))"
    switch way {
    case .gradient:
      let above = map.largest > range.upperBound ? " and above (the largest 1 % of the pixels)" : ""
      return "|dz/dx| from \(ends)\(above)"
    case .gradCAM: return "weighted sum of the maps, from \(ends)"
    case .occlusion(_, _, let isLogit):
      return "fall of the \(isLogit ? "logit" : "score") from \(ends); red: the class needs this "
        + "place, blue: it speaks against the class"
    }
  }

  private var title: String {
    switch way {
    case .gradient: "\(model): gradient of the logit"
    case .gradCAM(let layer): "\(model): Grad-CAM at \(layer.name)"
    case .occlusion(let patch, _, let isLogit):
      "\(model): fall of the \(isLogit ? "logit" : "score") under a grey square of \(patch)×\(patch)"
    }
  }

  /// Two rows for each image: three tiles, and the scale.
  private var panels: Panels {
    let images = subject.data.seenTiles(subject.images, of: subject.split)
    let rows = maps.indices.flatMap { position -> [[Panels.Panel]] in
      let (map, range) = (maps[position], range(of: maps[position]))
      let tile = images[position]
      let share = answers.probabilities(at: position)[outputs[position]]
      let grid = ImageGrid(
        tiles: [
          tile.captioned(subject.title(at: position)),
          ImageGrid.Tile(
            width: map.width, height: map.height, values: map.values, range: range, colours,
            caption: "for \(className(at: position)), \(fixed(100 * share, 1)) %"),
          tile.overlaid(with: map.values, range: range, colours, caption: "on the image"),
        ], padding: 1)
      let scale = ImageGrid(
        tiles: [ImageGrid.Tile(colours, width: 256, height: 6, caption: legend(of: map))],
        padding: 3)
      return [
        [.init(.images(grid), width: 800, height: 304)],
        [.init(.images(scale), width: 800, height: 66)],
      ]
    }
    return Panels(title: title, rows: rows)
  }

  func output(warnings: [String]) -> CommandOutput {
    var output = CommandOutput(
      table: table, notes: [explanation], warnings: warnings, figure: .panels(panels),
      record: record)
    output.lines = lines
    output.tablesOfForms = ["csv": pixels]
    return output
  }
}
