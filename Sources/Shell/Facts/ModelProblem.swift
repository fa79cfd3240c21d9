import Datasets
import Learning

/// What is wrong with what a model is asked about.
enum ModelProblem: Problem {
  /// Nothing says which classes the outputs of a network stand for.
  case classesUnknown(network: String)
  case nothingLearned(name: String, run: String)
  case noSubject(verb: String, data: String)
  case noNumbers(data: String)
  /// `meant` is a data set of nearly the same name.
  case noPhotograph(DataSetError, meant: String?)
  case noImage(Int, DataSet.Split, count: Int, parameter: String)
  case noClass(Int, count: Int, parameter: String)
  case noClassNamed(String, meant: String?, parameter: String)
  case noImages(DataSet.Split)
  case nothingInCommon(String, String)
  /// A network knows no exemplars.
  case networkKeepsNoImages(network: String)
  /// Their features are of other lengths, so that no projection has both.
  case featuresDiffer(String, Int, String, Int)
  case noOutputs(name: String)
  /// It classifies in other ways than by a layer of weights that were trained.
  case noOutputLayer(name: String, classifiers: [Classifier])
  /// Only one state is there.
  case nothingToCompare(name: String)
  case notWatched(run: String)
  case nothingMeasured(run: String)
}
