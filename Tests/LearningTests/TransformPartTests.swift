import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import TestSupport
import Testing

extension Transform {
  /// One part alone.
  static func only(_ part: Part) -> Transform {
    var transform = Transform()
    switch part {
    case .crop: transform.randomCrop = true
    case .flip:
      transform.horizontalFlip = true
      transform.flippedClasses = [0, 1, 2, 3, 4, 5]
    case .jitter: transform.jitter = .standard
    case .equalization: transform.equalization = ContrastEqualization(tiles: 2)
    case .brightness: transform.brightness = 0.3
    case .contrast: transform.contrast = 0.5
    case .grayscale: transform.grayscale = true
    case .normalization: transform.normalization = .gtsrb
    case .standardization: transform.standardize = true
    }
    return transform
  }
}

/// What a transform is made of, and what follows from its drawing or not.
struct TransformPartTests {
  static let device = Device(threads: 1)

  /// Each stored property of a transform belongs to a part: what comes later cannot be forgotten.
  @Test func partsAreAllThereIs() {
    func fields(_ transform: Transform) -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: Mirror(reflecting: transform).children.map {
          ($0.label ?? "", "\($0.value)")
        })
    }
    let plain = fields(Transform())
    var changed: Set<String> = []
    for part in Transform.Part.allCases {
      let alone = Transform.only(part)
      #expect(alone.parts(training: true) == [part])
      let own = fields(alone).filter { plain[$0.key] != $0.value }.map(\.key)
      #expect(changed.isDisjoint(with: own) && !own.isEmpty, "\(part)")
      changed.formUnion(own)
    }
    #expect(changed == Set(plain.keys))
  }

  /// A part draws if the same images come out differently, in training only, and says so.
  @Test(arguments: Transform.Part.allCases)
  func partDrawsIfItSaysSo(part: Transform.Part) throws {
    let data = try SmallSigns.data(transform: .only(part))
    func images(_ seed: UInt64, training: Bool) -> Tensor {
      data.batch(0..<20, of: .train, training: training, random: RandomStream(seed: seed)).images
    }
    let draws = images(1, training: true) != images(2, training: true)
    #expect(draws == part.isRandom)
    #expect(data.transform.isRandom == draws)
    #expect(images(1, training: false) == images(2, training: false))
    #expect((images(1, training: true) != images(1, training: false)) == draws)
  }

  /// Each part alone makes other images than none does: a call that the pipeline lacks would show.
  @Test(arguments: Transform.Part.allCases)
  func everyPartChangesImages(part: Transform.Part) throws {
    func images(_ transform: Transform) throws -> Tensor {
      try SmallSigns.data(transform: transform)
        .batch(0..<20, of: .train, training: true, random: RandomStream(seed: 1)).images
    }
    #expect(try images(.only(part)) != images(Transform()))
  }

  /// Logs and descriptions tell of each part alone; only the shape tells of grayscale.
  @Test(arguments: Transform.Part.allCases)
  func partIsTold(part: Transform.Part) {
    let (plain, alone) = (Transform(), Transform.only(part))
    func values(_ transform: Transform) -> [String: TransformValue] {
      Dictionary(uniqueKeysWithValues: transform.logged.map { ($0.key, $0.value) })
    }
    #expect(values(alone)[part.step.logKey] != values(plain)[part.step.logKey])
    #expect(alone.words.count == (part == .grayscale ? 0 : 1) && plain.words.isEmpty)
    #expect(alone.fault == nil && plain.fault == nil)
  }

  @Test func optionsHaveNamesOfTheirOwn() {
    let names = Transform.options.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count == Transform.Part.allCases.reduce(0) { $0 + $1.step.options.count })
  }

  /// A mirror of no class draws nothing, nor does jitter by nothing.
  @Test func partsThatDoNothingAreOff() {
    var transform = Transform()
    transform.horizontalFlip = true
    transform.flippedClasses = []
    transform.jitter = Jitter(rotation: 0, scale: 0, shift: 0)
    #expect(transform.parts(training: true).isEmpty && !transform.isRandom)
  }

  /// Batch normalization, dropout and a residual block.
  private func network(heads: Int, _ part: Transform.Part) throws -> Network {
    let architecture = try Architecture(
      name: "mixed",
      input: .image(height: 16, width: 16, channels: part == .grayscale ? 1 : 3),
      layers: [
        .convolution(name: "conv1", outputs: 3, kernel: 3, padding: 1),
        .batchNormalization(name: "bn1"), .activation(.relu), .maxPool,
        .residual([
          .convolution(name: "conv2", outputs: 3, kernel: 3, padding: 1), .activation(.relu),
        ]),
        .maxPool, .flatten, .dropout(rate: 0.2), .dense(name: "fc1", outputs: 6),
        .activation(.relu),
      ], heads: ["fc", "auxiliary"].prefix(heads).map { Head(name: $0, outputs: 2) })
    return Network(architecture, initialization: .xavier, random: RandomStream(seed: 7))
  }

  /// A run saved within its second task ends with the bits of one that did not stop, with each part
  /// alone: what a strategy keeps of images to save time must not depend on what was drawn.
  @Test(
    .takesLong,
    arguments: SmallSigns.courses.filter { ["der", "wa", "gdumb"].contains($0.strategy) })
  func runGoesOnWithAnyPart(course: SmallSigns.Course) throws {
    for part in Transform.Part.allCases {
      let data = try SmallSigns.data(transform: .only(part))
      let start = try course.run(on: data, network: network(heads: course.heads, part))
      var whole = start
      var (steps, second) = (0, 0)
      while !whole.isFinished {
        if case .taskEnded(0) = whole.step(data, on: Self.device) { second = steps + 1 }
        steps += 1
      }
      // Within the second task, an odd number of batches after its beginning, and within the last.
      for stop in [second + 4, (second + 2 * steps) / 3] {
        var run = start
        for _ in 0..<stop { _ = run.step(data, on: Self.device) }
        var restored = try JSONDecoder().decode(Run.self, from: JSONEncoder().encode(run))
        #expect(restored == run)
        restored.advance(data, on: Self.device)
        let isSame = restored == whole
        #expect(isSame, "\(part), stopped after \(stop) of \(steps) steps")
      }
    }
  }
}
