import Inspection
import Networks
import PlainText
import Plotting
import Tensors

/// The maps of a layer for some images, as `show activations` shows them: each image beside the most
/// active channels.
struct ActivationSheet {
  private let maps: [ChannelMaps]
  private let subject: ShellContext.Subject
  private let model: String
  private let most: Int

  /// - Parameters:
  ///   - maps: One for each image.
  ///   - most: How many channels of each image.
  init(_ maps: [ChannelMaps], _ subject: ShellContext.Subject, model: String, most: Int) {
    self.maps = maps
    self.subject = subject
    self.model = model
    self.most = most
  }

  private func channels(at position: Int) -> [ChannelMaps.Channel] {
    Array(maps[position].mostActiveFirst.prefix(most))
  }

  /// Of all maps of an image that are shown.
  private func range(at position: Int) -> ClosedRange<Float> {
    let shown = channels(at: position).map(\.map)
    let low = min(0, shown.map(\.smallest).min() ?? 0)
    return low...max(low, shown.map(\.largest).max() ?? 0)
  }

  private func scale(at position: Int) -> String {
    let range = range(at: position)
    return
      "\(significant(Double(range.lowerBound), 3)) to \(significant(Double(range.upperBound), 3))"
  }

  var lines: [String] {
    maps.indices.map { position in
      let silent = maps[position].channels.count { $0.map.largest <= 0 }
      return "\(subject.files == nil ? "\(subject.split.adjective) image " : "")"
        + "\(subject.title(at: position)); values from \(scale(at: position))"
        + (silent > 0 ? ", \(counted(silent, "channel")) silent" : "")
    }
  }

  var table: Table {
    Table(
      [
        subject.imageColumn, "channel", "mean", "largest",
        Table.Column("silent %", key: "silent_percent"),
      ],
      rows: maps.indices.flatMap { position in
        channels(at: position).map { channel -> [Table.Cell] in
          [
            subject.cell(at: position), .integer(channel.number),
            .number(Double(channel.mean), decimals: 4),
            .number(Double(channel.map.largest), decimals: 4),
            .number(100 * channel.silence, decimals: 1),
          ]
        }
      })
  }

  /// A row for each image.
  var panels: Panels {
    let tiles = subject.data.seenTiles(subject.images, of: subject.split)
    let rows = maps.indices.map { position -> [Panels.Panel] in
      let (range, layer) = (range(at: position), maps[position].layer)
      let grid = ImageGrid(
        title: "\(layer.name): \(layer.height)×\(layer.width), scale \(scale(at: position))",
        tiles: channels(at: position).map { channel in
          ImageGrid.Tile(
            width: layer.width, height: layer.height, values: channel.map.values, range: range,
            .level, caption: "\(channel.number): mean \(significant(Double(channel.mean), 3))"
          ).enlarged(to: 32)
        }, padding: 1)
      let image = ImageGrid(
        tiles: [tiles[position].enlarged(to: 32).captioned(subject.title(at: position))],
        padding: 1)
      let rows = (grid.tiles.count + grid.perRow - 1) / grid.perRow
      return [
        .init(.images(image), width: 300, height: 340),
        .init(.images(grid), width: 1070, height: max(340, 40 + 166 * rows)),
      ]
    }
    return Panels(rows: rows)
  }
}

extension Tensor {
  /// Each image of a batch as a batch of its own.
  var singles: [Tensor] {
    let size = count / max(1, shape[0])
    return (0..<shape[0]).map {
      Tensor([1] + shape.dropFirst(), Array(elements[$0 * size..<($0 + 1) * size]))
    }
  }
}
