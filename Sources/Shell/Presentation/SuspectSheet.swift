import Datasets
import Inspection
import PlainText
import Plotting
import Randomness
import Tensors

/// Suspect images of a data set, as `show suspects` shows them: pictures with captions and a table.
struct SuspectSheet {
  let name: String
  let data: DataSet
  let split: DataSet.Split
  /// Only images labelled so; all if nil.
  let classes: Set<Int>?
  /// Images or pairs to show.
  let limit: Int
  /// Whether only the first image of each track is shown.
  let isOncePerTrack: Bool
  var warnings: [String] = []

  /// Which track an image is of, by its place in the split; empty where tracks are unknown.
  private func trackNames(_ split: DataSet.Split) -> [String] {
    data[split].frames.map(\.track.name)
  }

  private func tiles(_ images: [Int], of split: DataSet.Split) -> [ImageGrid.Tile] {
    data.tiles(images, of: split, captions: false, plain: true, RandomStream(seed: 0))
  }

  private func more(_ count: Int, _ what: String) -> [String] {
    count > limit ? ["\(grouped(count - limit)) more \(what): n=\(count) shows all"] : []
  }

  /// All of some images, or the first of each track.
  private func wanted<Entry>(_ entries: [Entry], _ image: (Entry) -> Int) -> [Entry] {
    let tracks = trackNames(split)
    guard isOncePerTrack, !tracks.isEmpty else { return entries }
    var seen: Set<String> = []
    return entries.filter { seen.insert(tracks[image($0)]).inserted }
  }

  // MARK: Labels

  /// - Parameters:
  ///   - folds: Into which tracks were dealt.
  ///   - model: Whose features were read; nil for histograms.
  func labels(
    _ doubts: LabelDoubts, by order: LabelDoubts.Order, folds: Int, model: String?
  ) -> CommandOutput {
    let found = doubts.sorted(by: order).filter { classes?.contains($0.label) ?? true }
    let chosen = wanted(found, \.image)
    let shown = Array(chosen.prefix(limit))
    let tracks = trackNames(split)
    let table = Table(
      [
        .image(of: split), "class", "name", "track", Table.Column("looks like", key: "looks_like"),
        Table.Column("looks like name", key: "looks_like_name", short: "name"),
        Table.Column("percent", key: "probability_percent"),
        Table.Column("label's percent", key: "label_percent", short: "label's"), "loss",
      ],
      rows: shown.map { doubt in
        [
          .integer(doubt.image), .integer(doubt.label), .text(data.className(doubt.label)),
          tracks.isEmpty ? .missing : .text(tracks[doubt.image]), .integer(doubt.answer),
          .text(data.className(doubt.answer)), .number(100 * doubt.probability, decimals: 1),
          .number(100 * doubt.ofLabel, decimals: 1), .number(doubt.loss, decimals: 2),
        ]
      })
    let agreeing = 100 * Double(doubts.agreeing) / Double(doubts.count)
    var output = CommandOutput(
      "\(name): \(grouped(found.count)) of \(grouped(doubts.count)) \(split.adjective) labels are suspect"
        + (classes == nil ? "" : " in these classes"),
      table: table,
      notes: more(chosen.count, "suspects") + [
        "judged by ridge regression on "
          + (model.map { "the features of '\($0)'" } ?? "histograms of oriented gradients")
          + (split == .train
            ? ", which has not seen the image's track (\(folds) folds)"
            : ", from all training images")
          + "; it agrees with \(fixed(agreeing, 1)) % of the labels"
      ] + reservations(doubts),
      warnings: warnings)
    guard !shown.isEmpty else { return output }
    let captioned = zip(tiles(shown.map(\.image), of: split), shown).map { tile, doubt in
      tile.captioned("\(doubt.image): \(doubt.label) → \(doubt.answer)? \(fixed(doubt.loss, 1))")
    }
    output.figure = .images(
      ImageGrid(
        title: "Labels in doubt: \(grouped(shown.count)) of \(grouped(chosen.count))",
        key: "below each image: its number: its label → what it looks like, the label's loss",
        tiles: captioned))
    return output
  }

  private func reservations(_ doubts: LabelDoubts) -> [String] {
    let left = data[split].count - doubts.count
    var notes: [String] = []
    if doubts.agreeing * 10 < doubts.count * 9 {
      notes.append("a judge that disagrees so often is wrong itself more often than the labels are")
    }
    if left > 0 {
      notes.append(
        "\(counted(left, "image")) not judged: their class has no other track to learn it from")
    }
    if split == .train, data.train.tracks.isEmpty {
      notes.append("tracks are unknown: images of one sign may judge each other")
    }
    return notes
  }

  // MARK: Duplicates

  /// - Parameter least: The least correlation that was asked for.
  func duplicates(
    _ pairs: [NearDuplicate], isCut: Bool, least: Double, splits: [DataSet.Split]
  ) -> CommandOutput {
    let found = pairs.filter { pair in
      classes.map { $0.contains(label(pair.first)) || $0.contains(label(pair.second)) } ?? true
    }
    let shown = Array(found.prefix(limit))
    let table = Table(
      [
        "image", "class", Table.Column("other image", key: "other_image"),
        Table.Column("class", key: "other_class"), "correlation", "concern",
      ],
      rows: shown.map { pair in
        [pair.first, pair.second].flatMap { place -> [Table.Cell] in
          [.text("\(place.split.rawValue) \(place.image)"), .integer(label(place))]
        } + [.number(pair.correlation, decimals: 4), .text(pair.concern.words)]
      })
    let concerns = NearDuplicate.Concern.allCases.compactMap { concern -> String? in
      let count = found.count { $0.concern == concern }
      return count > 0 ? "\(grouped(count)) \(concern.phrase)" : nil
    }
    var output = CommandOutput(
      "\(name): \(counted(found.count, "pair")) of images correlate at least \(least.plainText)"
        + (concerns.isEmpty ? "" : ": " + concerns.joined(separator: ", ")),
      table: table, notes: more(found.count, "pairs"),
      warnings: isCut
        ? [
          "there are more than \(grouped(NearDuplicateSearch.limit)) pairs, so not all were looked "
            + "for: correlation= nearer to 1 finds fewer"
        ] : [])
    for form in ["csv", "json"] { output.tablesOfForms[form] = wholePairs(found, splits) }
    guard !shown.isEmpty else { return output }
    let captioned = shown.map { pair in
      let sides = [pair.first, pair.second].map { tiles([$0.image], of: $0.split)[0] }
      let names = [pair.first, pair.second].map {
        "\($0.split.rawValue) \($0.image) (\(label($0)))"
      }
      return sides[0].beside(sides[1]).captioned(
        names.joined(separator: " and ") + ", \(fixed(pair.correlation, 3))")
    }
    let grid = ImageGrid(
      title: "Nearly the same: \(counted(shown.count, "pair")) of \(grouped(found.count))",
      key: "below each pair: split, number and (class) of both images, and their correlation",
      tiles: captioned, perRow: 4, padding: 4)
    let panel = grid.panel(enlarged: ImageGrid.enlargement(of: data))
    output.figure = .panels(Panels(rows: [[panel]]))
    return output
  }

  /// Pairs as other programs read them: every number in a column of its own.
  private func wholePairs(_ pairs: [NearDuplicate], _ splits: [DataSet.Split]) -> Table {
    let tracks = Dictionary(uniqueKeysWithValues: splits.map { ($0, trackNames($0)) })
    let columns = ["", "other_"].flatMap { side in
      ["split", "image", "class", "name", "track"].map { Table.Column(side + $0) }
    }
    return Table(
      columns + ["correlation", "concern"],
      rows: pairs.map { pair in
        [pair.first, pair.second].flatMap { place -> [Table.Cell] in
          let names = tracks[place.split] ?? []
          return [
            .text(place.split.rawValue), .integer(place.image), .integer(label(place)),
            .text(data.className(label(place))),
            names.isEmpty ? .missing : .text(names[place.image]),
          ]
        } + [.number(pair.correlation, decimals: 6), .text(pair.concern.words)]
      })
  }

  private func label(_ place: NearDuplicate.Place) -> Int { data[place.split].labels[place.image] }

  // MARK: Measures

  /// - Parameter images: Positions in the split.
  func measured(_ images: [Int], by kind: SuspectKind, on pool: ThreadPool) -> CommandOutput {
    let set = data[split]
    let measures = set.measures(of: images, on: pool)
    let values = measures.map { kind.value($0) ?? 0 }
    let sorted = images.indices.sorted { a, b in
      kind.isDescending ? (values[b], a) < (values[a], b) : (values[a], a) < (values[b], b)
    }
    let shown = Array(wanted(sorted) { images[$0] }.prefix(limit))
    let tracks = trackNames(split)
    let table = Table(
      [
        .image(of: split), "class", "name", "track", "brightness", "contrast", "sharpness",
        Table.Column("relative", key: "relative_sharpness"), "width", "height",
      ],
      rows: shown.map { position in
        let (image, measures) = (images[position], measures[position])
        return [
          .integer(image), .integer(set.labels[image]), .text(data.className(set.labels[image])),
          tracks.isEmpty ? .missing : .text(tracks[image]),
          .number(measures.brightness, decimals: 1), .number(measures.contrast, decimals: 1),
          .number(measures.sharpness, decimals: 1),
          .number(measures.relativeSharpness, decimals: 2),
          measures.size.map { .integer($0.width) } ?? .missing,
          measures.size.map { .integer($0.height) } ?? .missing,
        ]
      })
    let ascending = values.sorted()
    func text(_ value: Double) -> String {
      fixed(value, kind == .tiny ? 0 : kind == .blurred ? 2 : 1)
    }
    let captioned = zip(tiles(shown.map { images[$0] }, of: split), shown).map { tile, position in
      tile.captioned(
        "\(images[position]): \(set.labels[images[position]]), \(text(values[position]))")
    }
    let (measure, unit) = kind.measure ?? ("", "")
    return CommandOutput(
      "\(name): \(measure) of \(split.images(images.count)) from "
        + "\(text(ascending[0])) to \(text(ascending[ascending.count - 1])), median "
        + "\(text(ascending[ascending.count / 2])) (\(unit))",
      table: table,
      warnings: kind == .tiny && ascending.first == ascending.last
        ? ["all files are of one size: they were resized before, and it says nothing of the signs"]
        : [],
      figure: .images(
        ImageGrid(
          title: "\(name): \(kind.summary)",
          key: "below each image: its number: its class, \(measure) (\(unit))", tiles: captioned)))
  }
}

extension NearDuplicate.Concern {
  /// In a table.
  fileprivate var words: String {
    switch self {
    case .labels: "labels differ"
    case .splits: "train and test"
    case .tracks: "other track"
    }
  }

  /// Behind a number of pairs.
  fileprivate var phrase: String {
    switch self {
    case .labels: "with different labels"
    case .splits: "across train and test"
    case .tracks: "in different tracks"
    }
  }
}
