import Datasets
import Inspection
import Learning
import PlainText
import Plotting
import Sessions
import Tensors

/// What the points of a map of features are coloured by.
enum FeatureColour: String, CaseIterable, Sendable {
  case label = "class"
  case task
  case correct

  /// Colours for more classes than this could not be told apart.
  static let classLimit = 12
}

/// Features of one or several models in one projection, as `plot features` shows them.
struct FeatureSheet {
  /// One model's part of the map.
  struct Part {
    var source: FeatureSource
    /// Of each image, [N, 2].
    var points: Tensor
    var classes: [ClassPlace]
    /// What it answers; nil unless points are coloured by that.
    var answers: Predictions?

    /// Of the images nearest to each by their features, how many are of its class, 0 … 1.
    var ownNeighbours: Double? {
      let known = classes.compactMap { place in
        place.ownNeighbours.map { (share: $0, weight: Double(place.positions.count)) }
      }
      guard !known.isEmpty else { return nil }
      return known.reduce(0) { $0 + $1.share * $1.weight } / known.reduce(0) { $0 + $1.weight }
    }
  }

  /// How many neighbours `ClassPlace` looks at.
  static let neighbours = 10

  var map: FeatureMap
  var parts: [Part]
  var images: FeatureImages
  var colour: FeatureColour

  /// The classes shown, in the order in which they were met.
  private var classes: [Int] {
    let labels = Set(images.labels)
    let order = parts.compactMap(\.source.run).first?.tasks ?? images.tasks.sequence
    let known = order.tasks.joined().filter(labels.contains)
    return known + labels.subtracting(known).sorted()
  }

  private var taskOfClass: [Int: Int] {
    (parts.compactMap(\.source.run).first?.tasks ?? images.tasks.sequence).taskOfClass
  }

  private var hasSeveral: Bool { parts.count > 1 }

  // MARK: The picture

  func figure(title: String?) -> Figure {
    let count = counted(images.images.count, "\(images.split.rawValue) image")
    guard hasSeveral else {
      return .points(
        scatter(
          of: parts[0],
          title: title ?? "Features of \(count) by \(parts[0].source.name)\(paleness)"))
    }
    let plots = parts.map { part -> Scatter in
      var plot = scatter(of: part, title: part.source.name)
      plot.legend = .none
      plot.xRange = Scatter.range(around: coordinates(0))
      plot.yRange = Scatter.range(around: coordinates(1))
      return plot
    }
    let lines = (plots.count + 3) / 4
    let perLine = (plots.count + lines - 1) / lines
    var rows = stride(from: 0, to: plots.count, by: perLine).map { start in
      plots[start..<min(start + perLine, plots.count)].map { Panels.Panel(.points($0)) }
    }
    var names = plots[0]
    names.groups = plots.flatMap(\.groups)
    names.legend = .alone
    names.title = nil
    let width = rows[0].reduce(0) { $0 + $1.size.width }
    rows.append([Panels.Panel(legend: names, width: width)])
    return .panels(
      Panels(title: title ?? "Features of \(count) in one projection\(paleness)", rows: rows))
  }

  /// What pale points mean, if there are some.
  private var paleness: String {
    parts.contains { groups(of: $0).contains { $0.isPale && !$0.points.isEmpty } }
      ? "; pale: not learned yet" : ""
  }

  private func coordinates(_ axis: Int) -> [Double] {
    (0..<map.points.shape[0]).map { Double(map.points.elements[2 * $0 + axis]) }
  }

  private func scatter(of part: Part, title: String) -> Scatter {
    Scatter(
      title: title, xLabel: map.xLabel, yLabel: map.yLabel, groups: groups(of: part),
      marks: part.classes.map { place in
        .init("\(place.label)", at: .init(x: place.center.x, y: place.center.y))
      })
  }

  private func groups(of part: Part) -> [Scatter.Group] {
    let learned = part.source.run.map { _ in Set((part.source.learned?.tasks ?? []).joined()) }
    func isPale(_ label: Int) -> Bool { learned.map { !$0.contains(label) } ?? false }
    func group(
      _ name: String, _ positions: [Int], style: Int, isPale: Bool = false
    ) -> Scatter.Group {
      .init(
        name: name,
        points: positions.map { position in
          .init(
            x: Double(part.points.elements[2 * position]),
            y: Double(part.points.elements[2 * position + 1]))
        }, style: style, isPale: isPale)
    }
    let places = Dictionary(uniqueKeysWithValues: part.classes.map { ($0.label, $0.positions) })
    switch colour {
    case .label:
      return classes.enumerated().map { style, label in
        group(
          images.data.numberedName(label), places[label] ?? [], style: style, isPale: isPale(label))
      }
    case .task:
      let tasks = taskOfClass
      let byTask = Dictionary(grouping: classes) { tasks[$0] ?? -1 }
      return byTask.sorted { $0.key < $1.key }.enumerated().map { style, entry in
        group(
          (entry.key < 0 ? "no task: " : "task \(entry.key + 1): ")
            + Self.ranges(entry.value),
          entry.value.flatMap { places[$0] ?? [] }, style: style,
          isPale: entry.value.contains(where: isPale))
      }
    case .correct:
      let positions = images.images.indices
      let isRight = positions.map { part.answers?[$0].isRight ?? false }
      let isToCome = images.labels.map(isPale)
      return [
        group("right", positions.filter { isRight[$0] }, style: 0),
        group(
          "not learned yet", positions.filter { !isRight[$0] && isToCome[$0] }, style: 6,
          isPale: true),
        group("wrong", positions.filter { !isRight[$0] && !isToCome[$0] }, style: 1),
      ].filter { !$0.points.isEmpty }
    }
  }

  /// `0–7 9`: classes in ascending order, three or more in a row by their ends.
  private static func ranges(_ classes: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for label in classes.sorted() {
      if let last = runs.last, last.upperBound + 1 == label {
        runs[runs.count - 1] = last.lowerBound...label
      } else {
        runs.append(label...label)
      }
    }
    return runs.flatMap { run in
      run.count > 2 ? ["\(run.lowerBound)–\(run.upperBound)"] : run.map(String.init)
    }.joined(separator: " ")
  }

  // MARK: In words and numbers

  /// How the classes stand apart, a sentence for each model.
  var sentences: [String] {
    let tracks = images.tracks.isEmpty ? "" : " of other tracks"
    return parts.compactMap { part in
      part.ownNeighbours.map { share in
        "\(part.source.name): of the \(Self.neighbours) images\(tracks) nearest to each by their "
          + "features, \(fixed(100 * share, 1)) % are of its class"
      }
    }
  }

  /// A row for each class and model.
  var classTable: Table {
    let tasks = taskOfClass
    var columns: [Table.Column] = [
      "class", "name", "task", "images", Table.Column("center x", key: "center_x", short: "x"),
      Table.Column("center y", key: "center_y", short: "y"), "spread",
      Table.Column("own neighbours %", key: "own_neighbours_percent", short: "own %"),
    ]
    if hasSeveral { columns.insert("model", at: 0) }
    return Table(
      columns,
      rows: parts.flatMap { part in
        let places = Dictionary(uniqueKeysWithValues: part.classes.map { ($0.label, $0) })
        return classes.compactMap { places[$0] }.map { place -> [Table.Cell] in
          let row: [Table.Cell] = [
            .integer(place.label), .text(images.data.className(place.label)),
            tasks[place.label].map { .integer($0 + 1) } ?? .missing,
            .integer(place.positions.count), .number(place.center.x, decimals: 2),
            .number(place.center.y, decimals: 2), .number(place.spread, decimals: 2),
            place.ownNeighbours.map { .number(100 * $0, decimals: 1) } ?? .missing,
          ]
          return hasSeveral ? [.text(part.source.name)] + row : row
        }
      })
  }

  /// A row for each image and model.
  var pointTable: Table {
    let (tasks, labels, tracks) = (taskOfClass, images.labels, images.tracks)
    var columns: [Table.Column] = ["model", "image", "track", "class", "task"]
    if colour == .correct { columns.append("prediction") }
    return Table(
      columns + ["x", "y"],
      rows: parts.flatMap { part in
        images.images.indices.map { position -> [Table.Cell] in
          var row: [Table.Cell] = [
            .text(part.source.name), .integer(images.images[position]),
            tracks.isEmpty ? .missing : .integer(tracks[position]), .integer(labels[position]),
            tasks[labels[position]].map { .integer($0 + 1) } ?? .missing,
          ]
          if colour == .correct {
            row.append(part.answers?[position].answer.map { .integer($0) } ?? .missing)
          }
          return row
            + [0, 1].map {
              .number(Double(part.points.elements[2 * position + $0]), decimals: 4)
            }
        }
      })
  }

  var record: ResultRecord {
    let tasks = taskOfClass
    return [
      "method": map.shares == nil ? "tsne" : "pca", "images": images.images.count,
      "explained_variance": map.shares, "perplexity": map.perplexity, "seed": map.seed,
      "trustworthiness": map.trustworthiness,
      "models": parts.map { part -> ResultRecord in
        [
          "name": part.source.name,
          "own_neighbours_percent": part.ownNeighbours.map { 100 * $0 },
          "classes": part.classes.map { place -> ResultRecord in
            [
              "class": place.label, "name": images.data.className(place.label),
              "task": tasks[place.label].map { $0 + 1 }, "images": place.positions.count,
              "center": [place.center.x, place.center.y], "spread": place.spread,
              "own_neighbours_percent": place.ownNeighbours.map { 100 * $0 },
            ]
          },
        ]
      },
    ]
  }
}
