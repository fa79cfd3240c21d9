/// Experience replay (Rolnick et al. 2019; Chaudhry et al. 2019: On tiny episodic memories): every
/// batch of new images is joined by as many old ones.
struct Replay: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "replay", idea: "every batch holds as many remembered images as new ones",
    keeps: "exemplars", source: "Chaudhry et al. 2019, On tiny episodic memories",
    formula: "CE(z, y) over all outputs, new images and exemplars half and half",
    explanation: """
      The simplest remedy that works: keep a few old images and train on them together with the \
      new ones. Each batch gets as many exemplars as new images, so old classes weigh as much as \
      new ones however small the memory is; the price is that the same few images are seen again \
      and again and are learned by heart.

      Which images are kept matters as much as how many. 'policy=fifo' keeps the last ones, which \
      are all of the newest classes, and forgets nearly as fine tuning does; 'reservoir' keeps a \
      fair sample of all that came by; 'random' and 'herding' keep as many of every class.
      """)

  let common: CommonOptions
  var rehearsal: Rehearsal

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options, batch: 32)
    rehearsal = Rehearsal(&options, policy: .random, replay: .always)
  }
}
