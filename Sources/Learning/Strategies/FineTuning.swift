import Datasets
import Networks
import Tensors

/// Gradient descent on the new classes only: what forgetting looks like (the notebook's § 7).
struct FineTuning: LossStrategy {
  static let description = StrategyDescription(
    name: "finetune", idea: "train on the new classes only", keeps: "nothing",
    source: "the notebook, § 4 and 7",
    formula: "CE(z, y) over all outputs or the new ones, new images only",
    explanation: """
      The network keeps learning from nothing but the new images. Nothing in the loss speaks for \
      the old classes any more: the cheapest way to be right on new images is never to answer with \
      an old class, and a few hundred steps suffice to learn just that. What is seen is \
      catastrophic forgetting in its plainest form.

      It is the lower bound: a strategy that does not beat it is of no use. With rivals=new only \
      the new outputs compete, so that no old output is pushed down; much of the forgetting is gone \
      then, without anything kept. That is the bar for strategies which do the same by default: \
      ewc, si, mas and lwf.
      """)

  let common: CommonOptions
  /// Nil in runs from before there was a choice.
  private let rivals: CommonOptions.Rivals?

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options)
    rivals = options.rivals(.all)
  }

  func loss(_ logits: [Tensor], _ images: Batch, answers: Tensor?, _ experience: Experience)
    -> [Loss]
  {
    [common.crossEntropy(logits[0], images.labels, experience, among: rivals ?? .all)]
  }
}
