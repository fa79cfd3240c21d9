import Datasets
import Inspection
import Learning

/// What is wrong with what a model is asked about.
enum ModelProblem: Problem {
  /// Nothing says which classes the outputs of a network stand for.
  case classesUnknown(network: String)
  case nothingLearned(name: String, run: String)
  case noSubject(verb: String, data: String)
  case noNumbers(data: String)
  /// Numbers stand where a data set or a file is expected; `statement` has the data set before them.
  case numbersWithoutData(statement: String)
  /// `meant` is a data set of nearly the same name.
  case noPhotograph(DataSetError, meant: String?)
  /// `other` is how many images the other split has, where split= chooses between the two.
  case noImage(Int, DataSet.Split, count: Int, parameter: String, other: Int? = nil)
  case noClass(Int, count: Int, parameter: String)
  case noClassNamed(String, meant: String?, parameter: String)
  case noImages(DataSet.Split)
  /// More than can be looked at side by side.
  case tooManyImages(Int, limit: Int, parameter: String)
  /// Nothing says what size photographs take for a network.
  case sizeUnknown(network: String)
  /// `class=` takes one class.
  case severalClasses(Int, parameter: String)
  case classNotLearned(String, name: String, parameter: String)
  /// The model has no finite score for what it is asked about.
  case noScore(name: String)
  case noConvolution(name: String)
  case noLayer(String, of: String, known: [String], parameter: String)
  case noInputChannel(Int, layer: String, count: Int, parameter: String)
  /// Why a score is no logit whose gradient can be taken.
  case noGradient(Model.GradientObstacle, name: String, parameter: String)
  case optionOfAnotherMethod(option: String, method: String)
  case nothingInCommon(String, String)
  /// Two models were to be compared, and both are this one.
  case sameTwice(name: String)
  /// A network knows no exemplars.
  case networkKeepsNoImages(network: String)
  /// Their features are of other lengths, so that no projection has both.
  case featuresDiffer(String, Int, String, Int)
  case noOutputs(name: String)
  /// It classifies in other ways than by a layer of weights that were trained.
  case noOutputLayer(name: String, classifiers: [Classifier])
  /// Only one state is there.
  case nothingToCompare(name: String)
  /// Of the classes that are asked for it has learned none.
  case noneOfTheClasses(name: String, parameter: String)
  case notWatched(run: String)
  case nothingMeasured(run: String)
}
