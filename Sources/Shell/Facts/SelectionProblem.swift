import Datasets
import Sessions

/// What is wrong with a choice of images, or with new labels and names.
enum SelectionProblem: Problem {
  case noCondition
  /// A word stands where a condition is due, or a condition has no word before it; `meant` is what it
  /// stands for, where that is known.
  case strayWord(String, meant: String?)
  case nothingBehind(String)
  /// No image meets all conditions.
  ///
  /// - `alone`: How many meet each one that needs no computing, as it was written.
  /// - `measured`: The smallest and the largest value of those images that met the others.
  case nothingChosen(
    alone: [(condition: String, count: Int)], measured: [(name: String, range: ClosedRange<Double>)]
  )
  case noSizes(data: String)
  case noTracks(data: String)
  case noTrack(String, data: String)
  /// Not one class for all.
  case severalClasses(Int)
  /// All of the images are of the class already.
  case nothingToRelabel(name: String)
  case noNames
  case names(String, parameter: String)
  /// More or fewer names than classes.
  case namesDoNotFit(names: Int, classes: Int, parameter: String)
}
