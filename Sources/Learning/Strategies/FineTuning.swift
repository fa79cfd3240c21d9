/// Gradient descent on the new classes only: what forgetting looks like (the notebook's § 7).
struct FineTuning: LossStrategy {
  static let description = StrategyDescription(
    name: "finetune", idea: "train on the new classes only", keeps: "nothing",
    source: "the notebook, § 4 and 7", formula: "CE(z, y) over all outputs, new images only",
    explanation: """
      The network keeps learning from nothing but the new images. Nothing in the loss speaks for \
      the old classes any more: the cheapest way to be right on new images is never to answer with \
      an old class, and a few hundred steps suffice to learn just that. What is seen is \
      catastrophic forgetting in its plainest form.

      It is the lower bound: a strategy that does not beat it is of no use.
      """)

  let common: CommonOptions

  init(_ options: inout OptionReader) { common = CommonOptions(&options) }
}
