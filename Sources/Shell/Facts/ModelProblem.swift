import Datasets

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
  /// Of the classes that are asked for it has learned none.
  case noneOfTheClasses(name: String, parameter: String)
  case notWatched(run: String)
  case nothingMeasured(run: String)
}
