import Experiments
import Learning
import PlainText

extension TrainingTally {
  /// What training did, in words: two lines for each kind of stage.
  var lines: [String] { parts.flatMap(\.lines) }

  /// The same for other programs.
  var record: [ResultRecord] { parts.map(\.record) }
}

extension TrainingTally.Part {
  fileprivate var lines: [String] {
    let batches = counted(batches, "batch", "batches")
    let beginning =
      switch purpose {
      case .survey: "looked at images in \(batches) without training on them"
      case .learn: "trained on \(batches) (\(counted(images, "image")))"
      case .balance: "balanced old and new classes in \(batches) (\(counted(images, "image")))"
      }
    guard let meanLoss else { return [beginning] }
    return [
      "\(beginning): mean loss \(significant(meanLoss, 4)), training accuracy \(percentText(accuracy))",
      [rateText, normText].compactMap(\.self).joined(separator: "; "),
    ].filter { !$0.isEmpty }
  }

  private var rateText: String? {
    rates.map { first, last in
      let rates = [first, last].map { significant(Double("\($0)") ?? Double($0), 4) }
      return "learning rate "
        + (first == last ? rates[0] : "\(rates[0]) at first, \(rates[1]) in the last batch")
    }
  }

  private var normText: String? {
    meanGradientNorm.map { mean in
      let last = lastGradientNorm.map { "\(significant($0, 4)) in the last batch" }
      return "gradient norm \(significant(mean, 4))"
        + (batches == 1 ? "" : " on average" + (last.map { ", " + $0 } ?? ""))
        + " (L2 over all parameters, before the optimizer)"
    }
  }

  fileprivate var record: ResultRecord {
    [
      "stage": purpose.rawValue, "batches": batches, "images": images,
      "meanLoss": OrNull(meanLoss), "trainAccuracy": OrNull(accuracy),
      "firstLearningRate": OrNull(rates.map { Double($0.first) }),
      "lastLearningRate": OrNull(rates.map { Double($0.last) }),
      // L2 over all parameters, before the optimizer.
      "meanGradientNorm": OrNull(meanGradientNorm), "lastGradientNorm": OrNull(lastGradientNorm),
    ]
  }
}
