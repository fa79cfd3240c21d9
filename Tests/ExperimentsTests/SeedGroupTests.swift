import Datasets
import Experiments
import Learning
import Networks
import Sessions
import Tensors
import Testing

struct SeedGroupTests {
  private func group(
    count: Int, drawsWeights: Bool = false, shufflesClasses: Bool = false
  ) throws -> [(name: String, run: RunOnData)] {
    try SeedGroup.runs(
      named: "ft", Strategies.plain, options: SmallCourse.options(),
      network: ("net", SmallCourse.network()),
      tasks: ("T", Tasks(SmallCourse.tasks(), of: "signs")), on: SmallCourse.data(), seed: 4,
      count: count, drawsWeights: drawsWeights, shufflesClasses: shufflesClasses)
  }

  @Test func aSingleRunBelongsToNoGroup() throws {
    let runs = try group(count: 1)
    #expect(runs.map(\.name) == ["ft"] && runs[0].run.group == nil)
    #expect(runs[0].run.run == (try SmallCourse.run(seed: 4)))
    #expect(runs[0].run.origin?.network == "net" && runs[0].run.origin?.tasks == "T")
  }

  @Test func membersDifferInTheirSeedAlone() throws {
    let runs = try group(count: 3)
    #expect(runs.map(\.name) == ["ft-4", "ft-5", "ft-6"])
    // In scripts of version 1.
    #expect(
      SeedGroup.names("ft", seed: 4, count: 3, by: .numbers) == ["ft-1", "ft-2", "ft-3"])
    #expect(runs.map(\.run.run.setup.seed) == [4, 5, 6])
    #expect(runs.allSatisfy { $0.run.group == "ft" })
    #expect(Set(runs.map { $0.run.run.network.weights.elements }).count == 1)
    #expect(Set(runs.map { $0.run.run.setup.tasks }).count == 1)
  }

  @Test func seedDrawsWhatItIsAskedTo() throws {
    let drawn = try group(count: 3, drawsWeights: true)
    #expect(Set(drawn.map { $0.run.run.network.weights.elements }).count == 3)
    #expect(drawn.allSatisfy { $0.run.origin?.hasFreshWeights == true })
    let dealt = try group(count: 3, shufflesClasses: true)
    #expect(Set(dealt.map { $0.run.run.setup.tasks }).count > 1)
    for (_, object) in dealt {
      #expect(object.origin?.shuffled == object.run.setup.tasks)
      #expect(object.run.setup.tasks.tasks.flatMap(\.self).sorted() == Array(0..<6))
    }
  }
}
