import CommandLanguage
import Datasets
import Foundation

extension Command<ShellContext> {
  static var loadGTSRB: ShellCommand {
    let path = Parameter.optional(
      "path", .path,
      "Folder of the archives, of the unpacked tree or of Kaggle's (default: what was downloaded).",
      searchWords: ["root", "root_dir", "dir"])
    let size = Parameter.option(
      "size", .integer(8...256), default: 32, "Height and width that images are resized to.")
    return ShellCommand(
      "load gtsrb", "Loads the German traffic signs from the official archives or a tree.",
      category: .data, effect: .changes, searchWords: ["GTSRB"], parameters: [path, size],
      result: .data, touches: [.keepsImages],
      examples: [
        Example(
          "load gtsrb path=../gtsrb as signs",
          "Here a few of them; all of GTSRB is 26,640 training and 12,630 test images.")
      ], seeAlso: ["download gtsrb", "load synthetic", "transform"],
      discussion: """
        Reads the zip archives in place (GTSRB-Training_fixed.zip with 26,640 training images, or \
        GTSRB_Final_Training_Images.zip with 39,209), or what they were unpacked to (Training or \
        Final_Training/Images beside Final_Test/Images), or torchvision's tree, or Kaggle's folder \
        with Train.csv, Test.csv, Train and Test. Decoded images are kept under \
        $XDG_CACHE_HOME/waymark, so the next time takes a moment. What was left out or guessed is \
        said in notes.
        """
    ) { context, arguments in
      guard let folder = arguments[path] ?? Download.standardFolder else {
        throw DataProblem.noStandardFolder(option: path.name)
      }
      if arguments[path] == nil, !FileManager.default.fileExists(atPath: folder) {
        throw DataProblem.notDownloaded
      }
      return try context.load(.gtsrb(path: folder, size: arguments[size]), arguments)
    }
  }
}
