import CommandLanguage
import Datasets
import Networks
import Randomness
import Sessions
import Tensors

extension Command<ShellContext> {
  static var defineModel: ShellCommand {
    let preset = Parameter.optionalPositional(
      "network",
      .choice(Preset.all.map { .init($0.name, $0.summary) } + [perceptron]),
      "One of the notebook's networks, signnet, or mlp.")
    let layers = Parameter.optional(
      "layers",
      ValueKind<[Int]>.integers(1...65_536).map { LayerWords.widths($0) }
        .or(ValueKind<[Call]>.calls(LayerList.signatures).map { .list($0) }),
      "Your own network, layer by layer; of an mlp the widths of its hidden layers.",
      searchWords: ["hidden_layer_sizes", "fc_units"])
    let head = Parameter.optional(
      "head",
      .choice(of: Head.Kind.self) { $0 == .linear ? "W·f + b" : "σ·cos(f, w), σ learned" },
      "How features become logits (default: linear).", searchWords: ["classifier"])
    let outputs = Parameter.option(
      "outputs", .integer(1...10_000), default: 10, "Classes of the head to begin with.",
      searchWords: ["num_classes", "n_out"])
    let size = Parameter.option(
      "size", .integer(8...256), default: 32, "Height and width of the images.")
    let channels = Parameter.option(
      "channels", .integer(1...4), default: 3, "1 for grayscale images.", searchWords: ["n_in"])
    let drawn = Parameter.optional(
      "init",
      .choice(of: Initialization.self) {
        $0 == .xavier ? "Glorot's uniform weights, biases 0" : "what PyTorch's layers start with"
      }, "How weights are drawn: xavier, but pytorch for mlp and, as in the notebook, for dercnn.")
    let seed = Parameter.optional(
      "seed", .seed, "Random seed of the weights (default: the session's).")
    let origin = Parameter.optional(
      "from", .object(.network, .run, .checkpoint),
      "Copy this network, or that of a run or checkpoint, with its weights: kd@2.")
    return ShellCommand(
      "define model", "Makes a network with fresh weights.", category: .models, effect: .changes,
      searchWords: ["model", "Sequential"],
      parameters: [preset, layers, head, outputs, size, channels, drawn, seed, origin],
      result: .network,
      examples: [
        Example("define model simplecnn as net", "The notebook's first network."),
        Example(
          "define model layers=[conv(32,5), lrelu, pool, flatten, dense(128), relu] as mine",
          "Your own; a linear head is added behind."),
        Example(
          "define model layers=[conv(32,3), bn, relu, pool, residual(conv(32,3), bn, relu, "
            + "conv(32,3), bn), relu, gap, dropout(0.2)] head=cosine as mine",
          "Batch normalization, a residual block, global average pooling, dropout."),
        Example("define model signnet as net", "For the best accuracy in minutes."),
        Example(
          "define model mlp layers=[400, 400] size=28 channels=1 outputs=2 as net",
          "What published tables learn split MNIST with."),
        Example("define model from=kd@1 as net2", "The network that a run had after task 1."),
      ], seeAlso: ["summary", "pretrain", "run"],
      discussion: """
        Convolutions keep the image's size unless a third number says how wide the border of zeros \
        is; one right before bn has no bias, as the mean would take it out again. residual(…) adds \
        what goes in to what comes out, so its layers must preserve the shape. An mlp has a linear \
        layer and ReLU for each width, two of 400 if none is given.
        """
    ) { context, arguments in
      if let reference = arguments[origin] {
        guard arguments[preset] == nil, arguments[layers] == nil else {
          throw NetworkProblem.noDescription
        }
        let name = arguments.resultName ?? "net"
        context.session.set(name, to: .network(try context.network(of: reference)))
        return context.told(name)
      }
      let input = LayerShape.image(
        height: arguments[size], width: arguments[size], channels: arguments[channels])
      let (preset, outputs) = (arguments[preset], arguments[outputs])
      let known = preset.flatMap(Preset.named)
      let isPerceptron = preset == perceptron.word
      var architecture: Architecture
      switch (known, arguments[layers]) {
      case (let known?, nil):
        architecture = try known.architecture(input: input, outputs: outputs)
      case (nil, .widths(let widths)?) where isPerceptron:
        architecture = try .perceptron(widths, input: input, outputs: outputs)
      case (nil, nil) where isPerceptron:
        architecture = try .perceptron([400, 400], input: input, outputs: outputs)
      case (nil, .widths(let widths)?) where preset == nil:
        throw NetworkProblem.widthsAlone(widths)
      case (nil, .list(let calls)?) where preset == nil:
        architecture = try LayerList(calls).architecture(
          named: arguments.resultName ?? "model", input: input, outputs: outputs)
      case (nil, .list?): throw NetworkProblem.noWidths
      default:
        throw NetworkProblem.noDescription
      }
      if let kind = arguments[head] { architecture.setHeads(kind) }
      let seed = arguments[seed] ?? UInt64(bitPattern: Int64(context.session.settings.seed))
      let network = Network(
        architecture,
        initialization: arguments[drawn] ?? known?.initialization
          ?? (isPerceptron ? .pytorch : .xavier),
        random: RandomStream(seed: seed).stream("weights"))
      let name = arguments.resultName ?? "net"
      context.session.set(name, to: .network(network))
      return context.told(name)
    }
  }
}

/// What `layers=` holds.
private enum LayerWords {
  /// Of a perceptron's hidden layers.
  case widths([Int])
  case list([Call])
}

private let perceptron = ValueShape.Choice(
  "mlp", "linear layers with ReLU, of the widths in layers=")
