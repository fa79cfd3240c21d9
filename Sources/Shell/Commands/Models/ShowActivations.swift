import CommandLanguage
import Datasets
import Inspection
import Networks
import PlainText
import Plotting
import Randomness
import Tensors

extension Command<ShellContext> {
  static var showActivations: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    let layer = Parameter.optional(
      "layer", .part(PartNoun.layer, of: model),
      "Which layer (default: the first convolution).")
    let count = Parameter.option(
      "n", .integer(1...512), default: 16, "How many channels to show, the most active first.")
    let tasks = Parameter.optional(
      "on", .object(.task, .tasks), "Whose size photographs take for a network: T.1 or T.")
    return ShellCommand(
      "show activations", "Shows what a layer makes of an image, channel by channel.",
      category: .models, effect: .looks, searchWords: ["feature maps", "featuremaps", "hook"],
      parameters: [
        model, ModelImages.single, layer, count, ModelImages.numberedSplit, tasks,
      ] + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show activations kd signs 425", "The image beside maps of the first convolution."),
        Example(
          "show activations kd@1 signs 425 layer=conv2 n=4", "The four most active of a later one."),
      ],
      seeAlso: ["show filters", "show saliency"],
      discussion: """
        A layer's maps are what it hands on: a convolution's after its batch normalization and \
        activation, before any pooling, which is a layer of its own (pool1). All maps of an image have \
        one scale, from dark for the smallest value to light for the largest. A channel is \
        silent where its value is not above 0, which behind a ReLU is 0.
        """
    ) { context, arguments in
      let reference = arguments[model]
      let network = try context.network(of: reference)
      let chosen = try LayerChoice.layer(
        layer, arguments, of: network.architecture, reference.name)
      let shown = try context.shown(
        split: arguments[ModelImages.numberedSplit], to: reference,
        on: try arguments[tasks].map { try context.tasks($0.name) }, arguments)
      let batch = shown.data.batch(
        shown.images, of: shown.split, random: RandomStream(seed: 0),
        on: context.training.device.pool)
      let device = context.training.device
      let maps = batch.images.singles.map {
        ChannelMaps(network, $0, at: chosen, on: device)
      }
      let sheet = ActivationSheet(maps, shown, model: reference.name, most: arguments[count])
      var output = CommandOutput(
        "\(reference.name): \(chosen.described)", table: sheet.table,
        warnings: context.severalNetworksNote(reference) + shown.photographNotes,
        figure: .panels(sheet.panels))
      output.lines += sheet.lines
      if arguments[count] < chosen.channels {
        output.notes.insert(
          "\(grouped(chosen.channels - arguments[count])) more: n=\(chosen.channels) shows all",
          at: 0)
      }
      return output
    }
  }
}
