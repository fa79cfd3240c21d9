import Datasets
import Inspection
import Learning
import Networks
import Randomness
import Tensors
import Testing

/// The fast gradient sign method: `InputGradientTests` hold its gradient against PyTorch's.
struct GradientSignTests {
  private let data: DataSet
  private let model: Model
  private let device = Device(threads: 2)

  init() throws {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (3, 4, 8, 16)
    var data = try DataSet.load(.synthetic(signs), cache: nil)
    data.transform.normalization = .gtsrb
    self.data = data
    let architecture = try Architecture(
      name: "Small", input: .image(height: 16, width: 16, channels: 3),
      layers: [
        .convolution(name: "conv", outputs: 4, kernel: 3, padding: 1), .activation(.relu), .maxPool,
        .flatten,
      ], heads: [Head(name: "fc", outputs: 3)])
    let network = Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 2))
    model = Model(network, tasks: TaskSequence(tasks: [[0, 1, 2]]))
  }

  private func signs(_ images: [Int]) -> GradientSign {
    var signs = GradientSign(model, data, split: .test, images: images)
    while signs.done < signs.total { signs.advance(on: device) }
    return signs
  }

  private func losses(_ data: DataSet) -> [Double] {
    var predictor = Predictor(
      model, data, split: .test, images: data.test.labels.indices.map(\.self))
    while predictor.done < predictor.total { predictor.advance(on: device) }
    return (0..<predictor.result.count).compactMap { predictor.result[$0].loss }
  }

  @Test func everyValueChangesByTheStepAndTheLossGrows() {
    let images = Array(data.test.labels.indices)
    let attacked = signs(images).attacked(by: 2)
    let changes = zip(attacked.test.pixels, data.test.pixels).map { Int($0) - Int($1) }
    #expect(changes.allSatisfy { abs($0) <= 2 } && changes.contains(2) && changes.contains(-2))
    let (before, after) = (losses(data), losses(attacked))
    #expect(before.count == images.count && zip(before, after).allSatisfy { $0 < $1 })
    #expect(signs(images).attacked(by: 0).test.pixels == data.test.pixels)
  }

  @Test func imagesAreAttackedEachByItself() {
    let all = signs(Array(data.test.labels.indices)).attacked(by: 5)
    let one = signs([7]).attacked(0, by: [0, 5])
    #expect(Array(one.test.image(at: 0)) == Array(data.test.image(at: 7)))
    #expect(Array(one.test.image(at: 1)) == Array(all.test.image(at: 7)))
    #expect(one.test.labels == [data.test.labels[7], data.test.labels[7]])
  }
}
