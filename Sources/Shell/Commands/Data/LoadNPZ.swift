import CommandLanguage
import Datasets

extension Command<ShellContext> {
  static var loadNPZ: ShellCommand {
    let file = Parameter.positional("path", .path, "The file.")
    return ShellCommand(
      "load npz", "Loads images and labels from a NumPy archive.", category: .data,
      effect: .changes, searchWords: ["np.load", "numpy"], parameters: [file, size], result: .data,
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
