import CommandLanguage
import Datasets
import Sessions

extension Command<ShellContext> {
  static var split: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let share = Parameter.option(
      "share", .fraction(0.01...0.9), default: HoldOut.standard.share,
      "The share of each class's tracks to hold out.")
    let seed = Parameter.option(
      "seed", .seed, default: UInt64(HoldOut.standard.seed), "Random seed of the choice.")
    return ShellCommand(
      "split", "Holds out tracks of the training images as a validation set.", category: .data,
      effect: .changes, searchWords: ["validation", "train_test_split", "holdout"],
      parameters: [data, share, seed], result: .data,
      examples: [Example("split signs share=20% as dev", "A data set without the test images.")],
      seeAlso: ["load gtsrb", "tasks", "run"],
      discussion: """
        The result's test images are whole tracks of the training images; the real test images are \
        not in it, so that nothing can be chosen by them. The 30 frames of a track are near-duplicates: \
        holding out single frames would test on near-copies of training images. Images \
        without tracks are held out one by one.
        """
    ) { context, arguments in
      let result = try context.data(arguments[data].name).divided(
        by: HoldOut(share: arguments[share], seed: Int(truncatingIfNeeded: arguments[seed])))
      let name = arguments.resultName ?? "dev"
      context.session.set(name, to: .data(result))
      return context.told(name, notes: ShellContext.notes(of: result))
    }
  }
}

extension DataSet {
  /// `holdingOut`, refused where nothing would be held out.
  func divided(by holdOut: HoldOut) throws -> DataSet {
    let divided = holdingOut(holdOut)
    guard divided.test.count > 0 else { throw DataProblem.nothingToHoldOut }
    return divided
  }
}
