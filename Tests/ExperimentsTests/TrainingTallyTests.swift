import Experiments
import Learning
import Networks
import Tensors
import Testing

/// What a step did, summed up.
struct TrainingTallyTests {
  private let trainer = Trainer(on: SmallCourse.device)

  private func tally(_ strategy: String, to goal: Run.Goal) throws -> (TrainingTally, Run) {
    let data = try SmallCourse.data()
    var run = try SmallCourse.run(strategy)
    var tally = TrainingTally()
    _ = trainer.train(&run, data, to: goal) { event, _ in tally.take(event) }
    return (tally, run)
  }

  @Test func batchesAreSummedUp() throws {
    let (tally, run) = try tally("finetune", to: .more(3, .batch))
    let part = try #require(tally.parts.first)
    #expect(tally.parts.count == 1 && part.purpose == .learn)
    #expect(part.batches == 3 && part.images == 12)
    let mean = run.history.losses.elements.reduce(0) { $0 + Double($1) } / 3
    #expect(abs(try #require(part.meanLoss) - mean) < 1e-6)
    #expect((0...100).contains(try #require(part.accuracy)))
    #expect(part.rates?.first == part.rates?.last)
    #expect(try #require(part.meanGradientNorm) > 0 && part.lastGradientNorm != nil)
  }

  /// One whole epoch is what the history keeps of it.
  @Test func anEpochIsItsRecord() throws {
    let (tally, run) = try tally("finetune", to: .more(1, .epoch))
    let (part, record) = (try #require(tally.parts.first), run.history.epochs[0])
    #expect(part.batches == record.batches && part.meanLoss == record.loss)
    #expect(part.accuracy == record.accuracy)
    #expect(part.meanGradientNorm == record.descent?.gradientNorm)
    #expect(part.rates?.last == record.descent?.lastRate)
  }

  /// What is looked at without training is counted, and has no figures.
  @Test func stagesAreToldApart() throws {
    let (tally, _) = try tally("replay", to: .task(0))
    #expect(tally.parts.map(\.purpose) == [.learn, .survey])
    #expect(tally.parts[1].batches > 0 && tally.parts[1].images == 0)
    #expect(tally.parts[1].meanLoss == nil && tally.parts[1].meanGradientNorm == nil)
    #expect(tally.parts[1].accuracy == nil && tally.parts[1].rates == nil)
  }
}
