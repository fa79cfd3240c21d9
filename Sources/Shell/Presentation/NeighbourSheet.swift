import Datasets
import Inspection
import PlainText
import Plotting
import Randomness

/// Where neighbours are looked for.
enum NeighbourPool: String, CaseIterable, Sendable {
  case train
  case memory
  case test

  var summary: String {
    switch self {
    case .train: "the training images"
    case .memory: "the exemplars that the run keeps"
    case .test: "the test images"
    }
  }

  var split: DataSet.Split { self == .test ? .test : .train }
}

/// Images beside those whose features are nearest, as `show neighbours` shows them.
struct NeighbourSheet {
  private let subject: ShellContext.Subject
  /// Of each image asked about; rows are positions in the split of the pool.
  private let found: [[Neighbour]]
  private let pool: DataSet
  private let split: DataSet.Split
  private let among: NeighbourPool

  init(
    _ subject: ShellContext.Subject, _ found: [[Neighbour]], _ pool: DataSet,
    _ split: DataSet.Split, among: NeighbourPool
  ) {
    self.subject = subject
    self.found = found
    self.pool = pool
    self.split = split
    self.among = among
  }

  private func name(_ query: Int) -> String {
    subject.files.map { $0[query] } ?? "\(subject.images[query])"
  }

  /// nil of a photograph.
  private func label(_ query: Int) -> Int? {
    subject.files == nil ? subject.data[subject.split].labels[subject.images[query]] : nil
  }

  private func label(of neighbour: Neighbour) -> Int { pool[split].labels[neighbour.row] }

  private var place: String { among == .memory ? "exemplars" : "\(split.adjective) images" }

  /// A sentence for each image.
  var lines: [String] {
    found.enumerated().map { query, near in
      let counts = Dictionary(grouping: near) { label(of: $0) }.mapValues(\.count)
      let classes = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        "\($0.value) of class \(pool.numberedName($0.key))"
      }
      let nearest = "nearest \(near.count) \(place): \(classes.abridged(to: 4))"
      guard let label = label(query) else { return "\(name(query)): \(nearest)" }
      return "\(subject.split.image(subject.images[query])), "
        + "\(subject.data.numberedName(label)): \(nearest)"
    }
  }

  /// A row for each neighbour.
  var table: Table {
    Table(
      [
        subject.imageColumn, "rank",
        Table.Column("nearest \(split.adjective) image", key: "neighbour", short: "nearest"),
        "class",
        "name", "distance",
        Table.Column("same class", key: "same_class", short: "same"),
      ],
      rows: found.enumerated().flatMap { query, near in
        near.enumerated().map { rank, neighbour -> [Table.Cell] in
          let own = label(of: neighbour)
          return [
            subject.files.map { .text($0[query]) } ?? .integer(subject.images[query]),
            .integer(rank + 1), .integer(neighbour.row), .integer(own),
            .text(pool.className(own)), .number(neighbour.distance, decimals: 3),
            label(query).map { .flag($0 == own) } ?? .missing,
          ]
        }
      })
  }

  /// A row of panels for each image.
  var panels: Panels {
    let asked = subject.data.tiles(
      subject.images, of: subject.split, captions: false, plain: true, RandomStream(seed: 0))
    let rows = found.enumerated().map { query, near -> [Panels.Panel] in
      let label = label(query)
      let tiles = pool.tiles(
        near.map(\.row), of: split, captions: false, plain: true, RandomStream(seed: 0))
      let shown = zip(tiles, near).map { tile, neighbour -> ImageGrid.Tile in
        let own = self.label(of: neighbour)
        let isOther = label.map { $0 != own } ?? false
        let caption =
          "\(isOther ? "≠ " : "")\(neighbour.row) at \(fixed(neighbour.distance, 2)): "
          + pool.numberedName(own)
        return (isOther ? tile.framed : tile).captioned(caption)
      }
      let caption = name(query) + (label.map { ": \(subject.data.numberedName($0))" } ?? "")
      return [
        .init(
          .images(
            ImageGrid(
              title: subject.files == nil ? "\(subject.split.rawValue) image" : "photograph",
              tiles: [asked[query].captioned(caption)]))),
        .init(.images(ImageGrid(title: "nearest \(place)", tiles: shown))),
      ]
    }
    return Panels(rows: rows)
  }
}

extension ImageGrid.Tile {
  /// With a red frame, a pixel wide for each 32 of the image.
  fileprivate var framed: ImageGrid.Tile {
    let frame = max(1, width / 32)
    var pixels = rgb
    for y in 0..<height {
      for x in 0..<width
      where min(x, width - 1 - x) < frame || min(y, height - 1 - y) < frame {
        pixels.replaceSubrange(3 * (y * width + x)..<3 * (y * width + x) + 3, with: [213, 40, 0])
      }
    }
    return ImageGrid.Tile(width: width, height: height, rgb: pixels, caption: caption)
  }
}
