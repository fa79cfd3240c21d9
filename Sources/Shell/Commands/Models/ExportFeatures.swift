import CommandLanguage
import Datasets
import Inspection
import Learning
import Networks
import Sessions

extension Command<ShellContext> {
  static var exportFeatures: ShellCommand {
    let of = Parameter.optionalPositional("of", .choice(["of"]), "The word 'of', if you like.")
    let net = Parameter.positional(
      "net", .object(.network, .run, .checkpoint), "The network, or that of a run.")
    let tasks = Parameter.required("on", .object(.task, .tasks), "Whose images: T.1 or T.")
    let split = Parameter.split(default: .test)
    return ShellCommand(
      "export features", "Writes what a network's heads read, image by image, for NumPy.",
      category: .models, effect: .changes, searchWords: ["embeddings"],
      parameters: [of, net, tasks, split], formats: ["npz"],
      examples: [
        Example("export features of net on=T.1 > f.npz", "numpy.load('f.npz')['features']."),
        Example("export features of kd@1 on=T > f.npz", "As the run saw them after task 1."),
      ], seeAlso: ["export", "evaluate"],
      discussion: """
        The arrays: features [N, F]; a logits array [N, outputs] for every head, by the head's name; \
        labels [N], the classes' numbers; images [N], positions in the split. Of a run that reads \
        several networks together, they are those of the last.
        """
    ) { context, arguments in
      let network = try context.network(of: arguments[net])
      let tasks = try context.tasks(arguments[tasks].name)
      var data = try context.data(tasks.data)
      if let state = try? context.state(of: arguments[net]).state {
        data.transform = state.setup.transform
      }
      try context.checkFits(network, data, batch: nil)
      guard arguments.output != nil else {
        throw FileProblem.noTarget(command: "export features of \(arguments[net].name) …")
      }
      let split = arguments[split]
      let images = data[split].indices(of: tasks.sequence.tasks.flatMap(\.self))
      var reader = OutputReader(network, data, split: split, images: images)
      try context.carryOut(&reader, "features")
      let (features, logits) = (reader.features, reader.logits)
      var output = CommandOutput()
      output.file = { path in
        var writer = try NPZWriter(path)
        let architecture = network.architecture
        try writer.add("features", features, shape: [images.count, architecture.features])
        for (head, logits) in zip(architecture.heads, logits) {
          try writer.add(head.name, logits, shape: [images.count, head.outputs])
        }
        try writer.add("labels", images.map { data[split].labels[$0] })
        try writer.add("images", images)
        try writer.finish()
        return [path]
      }
      return output
    }
  }
}
