import Datasets
import Randomness
import Tensors
import Testing

struct GrayNormalizationTests {
  /// (0.3403 + 0.3121 + 0.3214) / 3 and (0.2724 + 0.2608 + 0.2669) / 3.
  @Test(arguments: [1, 2, 4])
  func channelsThatAreNotThreeHaveTheMeanOfTheThree(channels: Int) throws {
    let figures = Transform.Normalization.gtsrb(channels: channels)
    #expect(figures.mean.count == 1 && figures.deviation.count == 1)
    #expect(abs(figures.mean[0] - 0.3246) < 1e-6)
    #expect(abs(figures.deviation[0] - 0.2667) < 1e-6)
    var transform = Transform()
    transform.normalization = figures
    try transform.validate(channels: channels)
    let shape = ImageShape(height: 1, width: 1, channels: channels)
    let set = ImageSet(
      shape: shape, pixels: [UInt8](repeating: 51, count: channels), labels: [0])
    let data = DataSet(
      source: .folder(path: "", size: 1), classNames: ["a"], train: set, test: set,
      transform: transform)
    let batch = data.batch([0], of: .train, random: RandomStream(seed: 0))
    #expect(batch.images.elements.allSatisfy { abs($0 - (0.2 - 0.3246) / 0.2667) < 1e-5 })
  }

  @Test func threeChannelsKeepTheirOwn() {
    #expect(Transform.Normalization.gtsrb(channels: 3) == .gtsrb)
  }
}
