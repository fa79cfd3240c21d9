import CommandLanguage
import Datasets
import System

extension Command<ShellContext> {
  static var loadFolder: ShellCommand {
    let folder = Parameter.positional("folder", .path, "A folder with a folder per class.")
    let size = Parameter.option(
      "size", .integer(8...256), default: 32, "Height and width that images are resized to.",
      searchWords: ["image_size", "img_size", "resize"])
    return ShellCommand(
      "load folder", "Loads your own images: a folder per class, PPM, PNG or JPEG of any size.",
      category: .data, effect: .changes, searchWords: ["ImageFolder"], parameters: [folder, size],
      result: .data, touches: [.keepsImages],
      examples: [Example("load folder ~/mine as mine", "A class for every folder.")],
      seeAlso: ["load gtsrb"],
      discussion: """
        With the folders train and test inside, each with a folder per class, the images are split \
        as they are; val, valid or validation beside train is the test split if there is no test. \
        Else a fifth of every class becomes the test split, the same each time. Folders that are \
        whole numbers are classes in the order of the numbers (0, 1, 2, 10), before all others, \
        which are sorted as text. What is not read (other formats, files beside the \
        classes, folders in a class, hidden images, names that are not UTF-8) is counted in notes.
        """
    ) { context, arguments in
      try context.load(.folder(path: arguments[folder], size: arguments[size]), arguments)
    }
  }
}
