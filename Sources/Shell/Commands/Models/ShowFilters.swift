import CommandLanguage
import Inspection
import Networks
import PlainText
import Plotting

extension Command<ShellContext> {
  static var showFilters: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.network, .run, .checkpoint), "The network, or that of a run.")
    let layer = Parameter.optional(
      "layer", .part(PartNoun.convolution, of: model),
      "Which convolution (default: the first).")
    let channel = Parameter.optional(
      "channel", .integer(0...Int.max),
      "The input channel whose kernels are shown, from 0 (default: the mean over all).")
    let count = Parameter.option("n", .integer(1...1024), default: 64, "How many filters to show.")
    return ShellCommand(
      "show filters", "Shows the filters of a convolution as images.", category: .models,
      effect: .looks, searchWords: ["kernels", "weights"],
      parameters: [model, layer, channel, count] + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show filters net", "The filters of the first convolution, in colour."),
        Example("show filters kd layer=conv2 n=16 > filters.png", "Of a later one, in a file."),
      ],
      seeAlso: ["show activations", "summary"],
      discussion: """
        Filters that read the three colours of an image are shown in colour: grey is 0, and each is \
        scaled by its own largest weight, which stands below it. Filters of other layers read many \
        channels: shown is the mean of their kernels, or the kernel of one channel with channel=; red \
        weights are above 0, blue ones below, white is 0.
        """
    ) { context, arguments in
      let reference = arguments[model]
      let network = try context.network(of: reference)
      let chosen = try LayerChoice.layer(
        layer, arguments, of: network.architecture, reference.name, isConvolution: true)
      let filters = Filter.all(of: chosen, in: network)
      let reads = filters.first?.kernels.count ?? 0
      if let number = arguments[channel], number >= reads {
        throw ModelProblem.noInputChannel(
          number, layer: chosen.name, count: reads, parameter: channel.name)
      }
      let shown = Array(filters.prefix(arguments[count]))
      let tiles = shown.map { FilterTile.tile(of: $0, channel: arguments[channel]) }
      let what = FilterTile.description(channels: reads, channel: arguments[channel])
      let size = filters.first.map { "\($0.size)×\($0.size)" } ?? ""
      var output = CommandOutput(
        "\(reference.name), \(chosen.name): \(counted(filters.count, "filter")) of \(size) over "
          + counted(reads, "channel"),
        table: Table(
          ["filter", "norm", "smallest", "largest"],
          rows: shown.map {
            [
              .integer($0.number), .number($0.norm, decimals: 4),
              .number(Double($0.smallest), decimals: 4), .number(Double($0.largest), decimals: 4),
            ]
          }),
        warnings: context.severalNetworksNote(reference),
        figure: .images(
          ImageGrid(
            title: "\(reference.name), \(chosen.name): \(what)", tiles: tiles,
            perRow: tiles.count > 64 ? 16 : 8)))
      if shown.count < filters.count {
        output.notes.insert(
          "\(grouped(filters.count - shown.count)) more: n=\(filters.count) shows all", at: 0)
      }
      return output
    }
  }
}

/// A filter as an image.
private enum FilterTile {
  /// Pixels of the shorter side, so that the gaps between images are narrow beside them.
  static let side = 32

  static func tile(of filter: Filter, channel: Int?) -> ImageGrid.Tile {
    guard channel != nil || filter.kernels.count != 3 else { return coloured(filter) }
    let map = channel.map(filter.kernel) ?? filter.mean
    let limit = max(abs(map.smallest), abs(map.largest))
    return ImageGrid.Tile(
      width: map.width, height: map.height, values: map.values, range: -limit...limit, .signed,
      caption: caption(filter, limit)
    ).enlarged(to: side)
  }

  /// Red, green and blue are the kernels of the three channels.
  private static func coloured(_ filter: Filter) -> ImageGrid.Tile {
    let limit = max(abs(filter.smallest), abs(filter.largest))
    let rgb = (0..<filter.size * filter.size).flatMap { place in
      filter.kernels.map { kernel -> UInt8 in
        let share = limit > 0 ? kernel[place] / limit : 0
        return UInt8(max(0, min(255, (127.5 + 127.5 * share).rounded())))
      }
    }
    return ImageGrid.Tile(
      width: filter.size, height: filter.size, rgb: rgb, caption: caption(filter, limit)
    ).enlarged(to: side)
  }

  private static func caption(_ filter: Filter, _ limit: Float) -> String {
    "\(filter.number): ±\(significant(Double(limit), 3))"
  }

  /// What the images show, in a line.
  static func description(channels: Int, channel: Int?) -> String {
    if let channel { return "kernels of input channel \(channel); red above 0, blue below" }
    switch channels {
    case 3: return "weights of the three colours; grey is 0"
    case 1: return "weights; red above 0, blue below"
    default: return "mean of the kernels of \(channels) input channels; red above 0, blue below"
    }
  }
}
