import CommandLanguage
import Datasets
import Learning
import Metrics
import Sessions

extension ShellContext {
  /// A run that has been tested at least once.
  func evaluated(_ name: String) throws -> Run {
    let run = try run(name).run
    guard !run.history.evaluations.isEmpty else { throw RunProblem.untested(run: name) }
    return run
  }

  /// - Parameter task: From 1; the last if nil.
  func evaluation(
    of name: String, task: Int?, in evaluations: [Evaluation]? = nil
  ) throws -> Evaluation {
    let evaluations = try evaluations ?? evaluated(name).history.evaluations
    let number = task ?? evaluations.count
    guard evaluations.indices.contains(number - 1) else {
      throw RunProblem.taskToCome(number, run: name, finished: evaluations.count, parameter: "task")
    }
    return evaluations[number - 1]
  }

  /// `14 Stop`, or the bare number where the data set is gone.
  func labels(of name: String, _ classes: [Int]) throws -> [String] {
    let names = (try? data(try run(name).data))?.classNames ?? []
    return classes.map { names.indices.contains($0) ? "\($0) \(names[$0])" : "\($0)" }
  }
}
