import CommandLanguage
import Datasets
import Foundation
import Networks
import Sessions

extension Command<ShellContext> {
  static var loadGTSRB: ShellCommand {
    let path = Parameter.optional(
      "path", .path,
      "Folder of the archives, of the unpacked tree or of Kaggle's; else the downloaded ones.",
      searchWords: ["root", "root_dir", "dir"])
    let size = Parameter.option(
      "size", .integer(8...256), default: 32, "Height and width that images are resized to.")
    return ShellCommand(
      "load gtsrb", "Loads the German traffic signs from the official archives or a tree.",
      category: .data, searchWords: ["GTSRB"], parameters: [path, size], result: .data,
      effects: [.keepsImages],
      examples: [
        Example(
          "load gtsrb path=../gtsrb as signs",
          "Here a few of them; all of GTSRB is 26,640 training and 12,630 test images.")
      ],
      seeAlso: ["download gtsrb", "load synthetic", "transform"],
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
        throw Failure("there is no folder of downloaded archives; give path=DIR")
      }
      if arguments[path] == nil, !FileManager.default.fileExists(atPath: folder) {
        throw Failure(
          "GTSRB is not downloaded yet: 'download gtsrb' fetches it, path=DIR reads it from elsewhere",
          help: "help download gtsrb")
      }
      return try context.load(.gtsrb(path: folder, size: arguments[size]), arguments)
    }
  }

  static var loadFolder: ShellCommand {
    let folder = Parameter.positional("folder", .path, "A folder with a folder per class.")
    let size = Parameter.option(
      "size", .integer(8...256), default: 32, "Height and width that images are resized to.")
    return ShellCommand(
      "load folder", "Loads your own images: a folder per class, PPM, PNG or JPEG of any size.",
      category: .data, searchWords: ["ImageFolder"], parameters: [folder, size], result: .data,
      effects: [.keepsImages],
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

  static var loadSynthetic: ShellCommand {
    let standard = SyntheticSigns()
    let classes = Parameter.option(
      "classes", .integer(1...1000), default: standard.classes, "The first so many classes.")
    let perClass = Parameter.option(
      "per-class", .integer(1...1_000_000), default: standard.perClass,
      "Mean number of training images per class.")
    let testPerClass = Parameter.optional(
      "test-per-class", .integer(1...1_000_000),
      "Mean number of test images per class; else half of per-class.")
    let balanced = Parameter.option(
      "balanced", .flag, default: false, "As many images of every class, not as GTSRB has them.")
    let size = Parameter.option(
      "size", .integer(16...128), default: 32, "Height and width in pixels.")
    let seed = Parameter.option("seed", .seed, default: 0, "Which drawing of them.")
    return ShellCommand(
      "load synthetic", "Draws road signs as a data set: nothing needs to be downloaded.",
      category: .data, searchWords: ["toy"],
      parameters: [classes, perClass, testPerClass, balanced, size, seed], result: .data,
      examples: [
        Example("load synthetic as signs", "43 classes of drawn signs."),
        Example("load synthetic classes=8 per-class=30 seed=7 as few", "A small set."),
      ],
      seeAlso: ["load gtsrb", "show batch"],
      discussion: """
        43 drawn signs in GTSRB's classes and imbalance, in tracks of 30 frames under changing \
        scale, rotation, light, blur, noise and background. The same seed gives the same bytes; the \
        session's seed is for networks and runs, so that those can vary on the same images.
        """
    ) { context, arguments in
      var signs = standard
      signs.classes = arguments[classes]
      signs.perClass = arguments[perClass]
      signs.testPerClass = arguments[testPerClass]
      signs.balanced = arguments[balanced]
      signs.size = arguments[size]
      signs.seed = Int(truncatingIfNeeded: arguments[seed])
      return try context.load(.synthetic(signs), arguments)
    }
  }
}

extension ShellContext {
  mutating func load(
    _ source: DataSource, _ arguments: Arguments
  ) throws -> CommandOutput {
    let data = try loadData(source)
    let name = arguments.resultName ?? "data"
    session.set(name, to: .data(data))
    return CommandOutput(
      described(name), notes: Self.notes(of: data), record: record(of: name))
  }

  /// What was left out of a data set, guessed or found lacking, a line each.
  static func notes(of data: DataSet) -> [String] { data.notes.map { "note: \($0)" } }

  /// Loads with a progress bar; Ctrl-C ends it.
  mutating func loadData(_ source: DataSource) throws -> DataSet {
    var bar = progress
    var stopping = UrgentStop(self)
    defer { bar.finish() }
    return try DataSet.load(source, threads: device.threads) { state in
      bar.update(
        Progress("loading", completed: state.images, total: state.total, unit: "image"))
      if stopping.isWanted(&bar, during: "loading") {
        throw Failure("stopped; nothing was loaded")
      }
    }
  }
}
