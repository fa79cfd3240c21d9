import CommandLanguage
import Datasets

extension Command<ShellContext> {
  static let size = Parameter.optional(
    "size", .integer(1...ImageLimits.size), "Height and width in pixels (default: unchanged).")

  static var loadIDX: ShellCommand {
    let folder = Parameter.positional("path", .path, "The folder with the four files.")
    let permutations = Parameter.optional(
      "permutations", .integer(1...100),
      "How many copies, each with its pixels in another order and classes of its own.")
    let seed = Parameter.option(
      "seed", .seed, default: 0, "Random seed of the orders of the pixels.")
    return ShellCommand(
      "load idx", "Loads MNIST and similar data sets: IDX files, plain or compressed.",
      category: .data, effect: .changes,
      searchWords: ["mnist", "MNIST", "FashionMNIST", "load mnist"],
      parameters: [folder, size, permutations, seed], result: .data,
      examples: [
        Example("load idx mnist as digits", "train-images-idx3-ubyte and the other three."),
        Example(
          "load idx mnist permutations=5 as permuted",
          "Then 'tasks permuted size=10': permuted MNIST."),
      ], seeAlso: ["tasks", "load cifar", "load npz"],
      discussion: """
        Split MNIST is 'tasks digits size=2'; permuted MNIST is permutations=10 with \
        'tasks permuted size=10'. Both can be met in van de Ven's three scenarios. Images have one \
        channel: define model simplecnn channels=1 size=28.
        """
    ) { context, arguments in
      var files = ArrayFiles(.idx, path: arguments[folder])
      files.size = arguments[size]
      files.permutations = arguments[permutations]
      files.seed = Int(truncatingIfNeeded: arguments[seed])
      return try context.load(.arrays(files), arguments)
    }
  }
}
