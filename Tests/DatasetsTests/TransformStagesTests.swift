import Datasets
import Randomness
import Tensors
import Testing

/// What an image is after each step of a transform.
struct TransformStagesTests {
  private static let parts = Transform.Part.allCases

  private static let shape = ImageShape(height: 12, width: 10, channels: 3)

  private let random = RandomStream(seed: 5)

  /// Every part on but those that are left out.
  private static func transform(without parts: [Transform.Part] = []) -> Transform {
    var transform = Transform()
    func has(_ part: Transform.Part) -> Bool { !parts.contains(part) }
    transform.randomCrop = has(.crop)
    transform.horizontalFlip = has(.flip)
    transform.jitter = has(.jitter) ? .standard : nil
    transform.equalization = has(.equalization) ? ContrastEqualization(tiles: 2) : nil
    transform.brightness = has(.brightness) ? 0.3 : 0
    transform.contrast = has(.contrast) ? 0.5 : 0
    transform.grayscale = has(.grayscale)
    transform.normalization = has(.normalization) ? .gtsrb : nil
    transform.standardize = has(.standardization)
    return transform
  }

  private static func data(_ transform: Transform) -> DataSet {
    let set = ImageSet(
      shape: shape, pixels: (0..<2 * shape.count).map { UInt8($0 * 89 % 251) }, labels: [0, 1])
    return DataSet(
      source: .folder(path: "", size: 1), classNames: ["a", "b"], train: set, test: set,
      transform: transform)
  }

  static let transforms: [Transform] =
    [transform(without: [.standardization]), transform(without: [.normalization]), Transform()]
    + parts.map { part in transform(without: parts.filter { $0 != part }) }
    + parts.map { transform(without: [$0, .standardization]) }
    + parts.map { transform(without: [$0, .normalization]) }

  /// To the bit: the steps are shown as they are done.
  @Test(arguments: transforms.indices)
  func lastStageIsWhatABatchHas(index: Int) {
    let data = Self.data(Self.transforms[index])
    for (split, training) in [(DataSet.Split.train, true), (.test, false)] {
      let batch = data.batch([0, 1, 0, 1], of: split, training: training, random: random)
      let size = batch.images.count / 4
      for place in 0..<4 {
        let stages = data.stages(
          of: place % 2, split: split, training: training, random: random.stream(place))
        #expect(
          stages.last?.values == Array(batch.images.elements[place * size..<(place + 1) * size]))
        #expect(stages.first?.values == data[split].image(at: place % 2).map { Float($0) })
      }
    }
  }

  @Test(arguments: transforms.indices)
  func everyStepThatIsOnHasAStage(index: Int) {
    let transform = Self.transforms[index]
    for training in [true, false] {
      let on = transform.parts(training: training)
        .subtracting([.normalization, .standardization])
      let stages = Self.data(transform).stages(
        of: 0, split: .train, training: training, random: random)
      #expect(stages.count == on.count + 2)
      #expect(stages.first?.name == "image" && stages.last?.name == "network")
      #expect(stages.dropFirst().allSatisfy { !$0.text.isEmpty })
      for stage in stages.dropLast() { #expect(stage.values.allSatisfy { (0...255).contains($0) }) }
    }
  }

  @Test func stagesSayWhatWasDrawn() {
    let data = Self.data(Self.transform(without: [.standardization]))
    let draws = (0..<8).map {
      data.stages(of: 0, split: .train, training: true, random: random.stream($0)).map(\.text)
    }
    #expect(Set(draws).count == 8)
    #expect(Set(draws.map { $0[2] }) == ["mirrored", "not mirrored"])
    let names = data.stages(of: 0, split: .train, training: true, random: random).map(\.name)
    #expect(
      names == [
        "image", "crop", "hflip", "jitter", "clahe", "brightness", "contrast", "grayscale",
        "network",
      ])
  }
}
