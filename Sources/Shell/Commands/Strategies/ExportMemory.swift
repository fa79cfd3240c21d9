import CommandLanguage
import Datasets
import Experiments
import Learning
import Sessions

extension Command<ShellContext> {
  static var exportMemory: ShellCommand {
    let of = Parameter.positional("of", .choice(["of"]), "The word 'of'.")
    let run = Parameter.positional(
      "run", .object(.run, .checkpoint), "The run, or a checkpoint of it: kd@2.")
    return ShellCommand(
      "export memory", "Writes the exemplars that a run keeps, for NumPy and 'load npz'.",
      category: .strategies, effect: .changes, searchWords: ["save_exemplars"],
      parameters: [of, run], formats: ["npz"],
      examples: [
        Example("export memory of kd > memory.npz", "numpy.load('memory.npz')['train_images'].")
      ],
      seeAlso: ["show memory", "export", "load npz"],
      discussion: """
        The arrays: train_images [N, height, width, channels] before the transform; train_labels [N]; \
        train_tracks [N] where the data set has tracks; positions [N] in its training split; \
        class_names. Classes come in the order of the memory, exemplars of a class in the order in \
        which the strategy chose them.
        """
    ) { context, arguments in
      let memory = try context.memory(of: arguments[run])
      guard arguments.output != nil else {
        throw FileProblem.noTarget(
          command: "export memory of \(arguments[run].name) > FILE.npz")
      }
      var output = CommandOutput()
      output.file = { path in
        try memory.data.writeNPZ(ofTraining: memory.kept.flatMap(\.images), to: path)
        return [path]
      }
      return output
    }
  }
}
