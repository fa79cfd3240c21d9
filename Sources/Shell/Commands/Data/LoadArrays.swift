import CommandLanguage
import Datasets
import Sessions

extension Command<ShellContext> {
  private static let size = Parameter.optional(
    "size", .integer(1...ImageLimits.size), "Height and width in pixels; else as they are.")

  static var loadIDX: ShellCommand {
    let folder = Parameter.positional("path", .path, "The folder with the four files.")
    let permutations = Parameter.optional(
      "permutations", .integer(1...100),
      "So many copies, each with its pixels in another order and classes of its own.")
    let seed = Parameter.option("seed", .seed, default: 0, "Which orders of the pixels.")
    return ShellCommand(
      "load idx", "Loads MNIST and its kin: IDX files, plain or compressed.", category: .data,
      searchWords: ["mnist", "MNIST", "FashionMNIST", "load mnist"],
      parameters: [folder, size, permutations, seed], result: .data,
      examples: [
        Example("load idx mnist as digits", "train-images-idx3-ubyte and the other three."),
        Example(
          "load idx mnist permutations=5 as permuted",
          "Then 'tasks permuted size=10': permuted MNIST."),
      ],
      seeAlso: ["tasks", "load cifar", "load npz"],
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

  static var loadCIFAR: ShellCommand {
    let folder = Parameter.positional("path", .path, "The folder with the .bin files.")
    return ShellCommand(
      "load cifar", "Loads CIFAR-10 or CIFAR-100 in binary form.", category: .data,
      searchWords: ["cifar10", "cifar100", "CIFAR10", "CIFAR100"],
      parameters: [folder, size], result: .data,
      examples: [
        Example("load cifar cifar-10-batches-bin as cifar", "data_batch_1.bin … test_batch.bin.")
      ],
      seeAlso: ["tasks", "load idx", "load npz"],
      discussion: "CIFAR-100 is loaded with its 100 fine classes."
    ) { context, arguments in
      var files = ArrayFiles(.cifar, path: arguments[folder])
      files.size = arguments[size]
      return try context.load(.arrays(files), arguments)
    }
  }

  static var loadNPZ: ShellCommand {
    let file = Parameter.positional("path", .path, "The file.")
    return ShellCommand(
      "load npz", "Loads images and labels from a NumPy archive.", category: .data,
      searchWords: ["np.load", "numpy"], parameters: [file, size], result: .data,
      examples: [Example("load npz signs.npz as signs", "What 'export signs > signs.npz' wrote.")],
      seeAlso: ["export", "load idx", "load cifar"],
      discussion: """
        Arrays train_images and train_labels, test_images and test_labels; or x_train, y_train, \
        x_test, y_test; or images and labels alone. Without test images those for validation are \
        taken (val_images, x_val), or else a fifth of every class. Images are uint8, \
        [N, height, width], [N, height, width, channels] or [N, channels, height, width]; labels \
        are whole numbers. class_names is optional: texts, of characters or of bytes.
        """
    ) { context, arguments in
      var files = ArrayFiles(.npz, path: arguments[file])
      files.size = arguments[size]
      return try context.load(.arrays(files), arguments)
    }
  }
}
