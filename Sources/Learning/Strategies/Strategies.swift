/// All strategies there are, in the order in which they are taught.
public enum Strategies {
  public static let all: [any Strategy.Type] = [
    FineTuning.self, Joint.self, RehearsalDistillation.self, NotebookDER.self,
    ElasticWeightConsolidation.self, SynapticIntelligence.self, MemoryAwareSynapses.self,
    LearningWithoutForgetting.self, Replay.self, GradientEpisodicMemory.self, AveragedGEM.self,
    ICaRL.self, GDumb.self, BiasCorrection.self, WeightAligning.self, ExpandableRepresentation.self,
    DarkExperience.self, ErACE.self, StreamingLDA.self, Analytic.self,
  ]

  /// Learning a task and nothing else: what a pretraining does.
  public static let plain: any Strategy.Type = FineTuning.self

  public static func named(_ name: String) -> (any Strategy.Type)? {
    all.first { $0.description.name == name }
  }
}
