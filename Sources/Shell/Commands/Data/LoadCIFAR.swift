import CommandLanguage
import Datasets

extension Command<ShellContext> {
  static var loadCIFAR: ShellCommand {
    let folder = Parameter.positional("path", .path, "The folder with the .bin files.")
    return ShellCommand(
      "load cifar", "Loads CIFAR-10 or CIFAR-100 in binary form.", category: .data,
      effect: .changes, searchWords: ["cifar10", "cifar100", "CIFAR10", "CIFAR100"],
      parameters: [folder, size], result: .data,
      examples: [
        Example("load cifar cifar-10-batches-bin as cifar", "data_batch_1.bin … test_batch.bin.")
      ], seeAlso: ["tasks", "load idx", "load npz"],
      discussion: "CIFAR-100 is loaded with its 100 fine classes."
    ) { context, arguments in
      var files = ArrayFiles(.cifar, path: arguments[folder])
      files.size = arguments[size]
      return try context.load(.arrays(files), arguments)
    }
  }
}
