import Datasets
import Inspection
import PlainText
import Plotting

/// How far networks are from each other, as `plot drift` shows it.
struct DriftSheet {
  /// What the drift calls what the head reads.
  static let features = "features"

  enum Pairs {
    /// One after the other, and the first with the last.
    case neighbouring
    case all
  }

  private let drift: Drift
  private let names: [String]
  private let images: FeatureImages

  init(_ drift: Drift, _ names: [String], _ images: FeatureImages) {
    self.drift = drift
    self.names = names
    self.images = images
  }

  private func pairs(_ which: Pairs) -> [(from: Int, to: Int)] {
    let all = names.indices.flatMap { from in
      (from + 1..<names.count).map { (from: from, to: $0) }
    }
    switch which {
    case .all: return all
    case .neighbouring:
      return all.filter { $0.to == $0.from + 1 }
        + (names.count > 2 ? [(from: 0, to: names.count - 1)] : [])
    }
  }

  /// Names without what they have in common: `@1` for `kd@1`, `now` for `kd`.
  private var shortNames: [String] {
    let bases = Set(names.map { $0.prefix { $0 != "@" } })
    guard bases.count == 1 else { return names }
    return names.map { name in
      let place = name.drop { $0 != "@" }
      return place.isEmpty ? "now" : String(place)
    }
  }

  private func similarity(_ layer: Drift.Layer, _ pair: (from: Int, to: Int)) -> Double? {
    layer.similarities.isEmpty ? nil : layer.similarities[pair.from][pair.to]
  }

  private func distance(_ layer: Drift.Layer, _ pair: (from: Int, to: Int)) -> Double? {
    layer.distances.isEmpty ? nil : layer.distances[pair.from][pair.to]
  }

  // MARK: In words and numbers

  var lines: [String] {
    guard let features = drift.layers.first(where: { $0.name == Self.features }),
      let cka = similarity(features, (0, names.count - 1))
    else { return [] }
    return [
      "features of \(counted(images.images.count, "\(images.split.rawValue) image")), "
        + "\(names[0]) against \(names[names.count - 1]): CKA \(fixed(cka, 3))"
    ]
  }

  /// A row for each pair and layer.
  func table(_ which: Pairs) -> Table {
    Table(
      [
        "from", "to", "layer", Table.Column("CKA", key: "cka"),
        Table.Column("weights moved %", key: "weights_moved_percent", short: "moved %"),
      ],
      rows: pairs(which).flatMap { pair in
        drift.layers.map { layer -> [Table.Cell] in
          [
            .text(names[pair.from]), .text(names[pair.to]), .text(layer.name),
            similarity(layer, pair).map { .number($0, decimals: 3) } ?? .missing,
            distance(layer, pair).map { .number(100 * $0, decimals: 1) } ?? .missing,
          ]
        }
      })
  }

  var record: ResultRecord {
    [
      "models": names, "images": images.images.count,
      "pairs": pairs(.all).map { pair -> ResultRecord in
        [
          "from": names[pair.from], "to": names[pair.to],
          "layers": drift.layers.map { layer -> ResultRecord in
            [
              "layer": layer.name, "cka": similarity(layer, pair),
              "weights_moved_percent": distance(layer, pair).map { 100 * $0 },
            ]
          },
        ]
      },
    ]
  }

  // MARK: The picture

  func panels(_ title: String?) -> Panels {
    let short = shortNames
    let pairs = pairs(.neighbouring)
    let columns = pairs.map { "\(short[$0.from])→\(short[$0.to])" }
    var row: [Panels.Panel] = []
    if let features = drift.layers.first(where: { $0.name == Self.features }) {
      row.append(
        .init(
          .heatMap(
            HeatMap(
              title: "features: CKA of each with each", rowTitle: "", columnTitle: "",
              rowLabels: short,
              columnLabels: short, cells: features.similarities, range: 0...1,
              decimals: 2))))
    }
    let compared = drift.layers.filter { !$0.similarities.isEmpty }
    if compared.count > 1 {
      row.append(
        .init(
          .heatMap(
            HeatMap(
              title: "CKA layer by layer", rowTitle: "", columnTitle: "",
              rowLabels: compared.map(\.name), columnLabels: columns,
              cells: compared.map { layer in pairs.map { similarity(layer, $0) } },
              range: 0...1, decimals: 2))))
    }
    let weighted = drift.layers.filter { !$0.distances.isEmpty }
    if !weighted.isEmpty {
      row.append(
        .init(
          .heatMap(
            HeatMap(
              title: "weights moved, % of their size", rowTitle: "", columnTitle: "",
              rowLabels: weighted.map(\.name), columnLabels: columns,
              cells: weighted.map { layer in pairs.map { distance(layer, $0).map { 100 * $0 } } },
              scaleLabel: "%", decimals: 0))))
    }
    let count = counted(images.images.count, "\(images.split.rawValue) image")
    return Panels(title: title ?? "Drift on \(count)", rows: [row])
  }
}
