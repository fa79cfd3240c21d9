import CommandLanguage
import Datasets

extension Command<ShellContext> {
  static var loadSynthetic: ShellCommand {
    let standard = SyntheticSigns()
    let classes = Parameter.option(
      "classes", .integer(1...1000), default: standard.classes, "How many classes.")
    let perClass = Parameter.option(
      "per-class", .integer(1...1_000_000), default: standard.perClass,
      "Mean number of training images per class.")
    let testPerClass = Parameter.optional(
      "test-per-class", .integer(1...1_000_000),
      "Mean number of test images per class (default: half of per-class).")
    let balanced = Parameter.option(
      "balanced", .flag, default: false, "As many images of every class, not as GTSRB has them.")
    let size = Parameter.option(
      "size", .integer(16...128), default: 32, "Height and width in pixels.")
    let seed = Parameter.option("seed", .seed, default: 0, "Random seed of the drawings.")
    return ShellCommand(
      "load synthetic", "Draws road signs as a data set: nothing needs to be downloaded.",
      category: .data, effect: .changes, searchWords: ["toy"],
      parameters: [classes, perClass, testPerClass, balanced, size, seed], result: .data,
      examples: [
        Example("load synthetic as signs", "43 classes of drawn signs."),
        Example("load synthetic classes=8 per-class=30 seed=7 as few", "A small set."),
      ], seeAlso: ["load gtsrb", "show batch"],
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
