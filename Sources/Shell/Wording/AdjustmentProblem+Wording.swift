import CommandLanguage
import PlainText
import Plotting

extension AdjustmentProblem: Problem {
  var failure: Failure {
    switch self {
    case .wrongCount(let found, let names, let ofColours):
      let given = ofColours ? counted(found, "color") : counted(found, "label")
      return Failure(
        "\(given) for \(names.count): \(names.map { $0.withoutControls }.abridged(to: 8))",
        suggestion: "one for each, in this order", parameter: ofColours ? "colors" : "labels")
    case .emptyRange(let isHorizontal):
      return Failure(
        "nothing that is drawn lies in this range", parameter: isHorizontal ? "xlim" : "ylim")
    }
  }
}
