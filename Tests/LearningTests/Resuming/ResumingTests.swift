import Datasets
import Foundation
import Learning
import Networks
import Randomness
import Tensors
import TestSupport
import Testing

/// Every strategy, with every random part of a transform by itself and every kind of layer that is
/// random or has running figures: a run that stops after odd numbers of steps, is written down as in a
/// session file, and is read again, ends with the bits of one that never stopped.
///
/// Each strategy meets every part and every body, each part every body. `WAYMARK_CAMPAIGN=full` takes
/// all of them together.
struct ResumingTests {
  /// What is random in a transform, each part by itself.
  enum Part: String, CaseIterable {
    case nothing
    case crop
    case flip
    case flipOfSomeClasses
    case jitter
    case brightness
    case contrast

    var transform: Transform {
      var transform = Transform()
      switch self {
      case .nothing: break
      case .crop: transform.randomCrop = true
      case .flip: transform.horizontalFlip = true
      case .flipOfSomeClasses:
        transform.horizontalFlip = true
        transform.flippedClasses = [0, 3, 5]
      case .jitter: transform.jitter = .standard
      case .brightness: transform.brightness = 0.3
      case .contrast: transform.contrast = 0.3
      }
      return transform
    }
  }

  /// Bodies of networks.
  enum Body: String, CaseIterable {
    case plain
    case dropout
    case normalized
    case residual
    case everything

    private var isNormalized: Bool { self == .normalized || self == .everything }
    private var drops: Bool { self == .dropout || self == .everything }

    private var block: Layer {
      .residual(
        [
          .convolution(name: "conv2", outputs: 3, kernel: 3, padding: 1),
          isNormalized ? .batchNormalization(name: "bn2") : nil,
        ].compactMap(\.self))
    }

    var layers: [Layer] {
      [
        .convolution(name: "conv1", outputs: 3, kernel: 3, padding: 1),
        isNormalized ? .batchNormalization(name: "bn1") : nil, .activation(.relu), .maxPool,
        drops ? .dropout(rate: 0.2) : nil,
        self == .residual || self == .everything ? block : nil, .maxPool, .flatten,
        .dense(name: "fc1", outputs: 5), isNormalized ? .batchNormalization(name: "bn3") : nil,
        .activation(.relu), drops ? .dropout(rate: 0.3) : nil,
      ].compactMap(\.self)
    }

    func network(heads: Int) throws -> Network {
      let architecture = try Architecture(
        name: rawValue, input: .image(height: 16, width: 16, channels: 3), layers: layers,
        heads: ["fc", "auxiliary"].prefix(heads).map { Head(name: $0, outputs: 2) })
      return Network(architecture, initialization: .pytorch, random: RandomStream(seed: 4))
    }
  }

  struct Case: Sendable, CustomStringConvertible {
    var course: SmallSigns.Course
    var part: Part
    var body: Body

    var description: String { "\(course) \(part) \(body)" }
  }

  static let courses = SmallSigns.courses + SmallSigns.surveys

  static let cases: [Case] = courses.enumerated().flatMap { number, course in
    Part.allCases.enumerated().flatMap { place, part -> [Case] in
      let bodies =
        Campaign.isFull
        ? Body.allCases : [Body.allCases[(number + place) % Body.allCases.count]]
      return bodies.map { Case(course: course, part: part, body: $0) }
    }
  }

  @Test(arguments: courses.indices) func resumedRunEndsWithTheSameBits(number: Int) throws {
    let course = Self.courses[number]
    for test in Self.cases where test.course.description == course.description {
      let data = try Self.data(test.part.transform)
      let start = try run(test, data)
      var whole = start
      whole.advance(data, on: Self.device)
      var stopped = start
      // 1, 3, 5, … steps at a time.
      var length = 1
      while !stopped.isFinished {
        for _ in 0..<length where !stopped.isFinished {
          _ = stopped.step(data, on: Self.device)
        }
        stopped = try read(written(stopped))
        length += 2
      }
      #expect(difference(stopped, whole) == nil, "\(test)")
    }
  }

  /// The everyday choice leaves out no pair.
  @Test func everyPairIsAmongTheCases() {
    for course in Self.courses {
      let own = Self.cases.filter { $0.course.description == course.description }
      #expect(Set(own.map(\.part)).count == Part.allCases.count, "\(course)")
      #expect(Set(own.map(\.body)).count == Body.allCases.count, "\(course)")
    }
    let pairs = Set(Self.cases.map { "\($0.part) \($0.body)" })
    #expect(pairs.count == Part.allCases.count * Body.allCases.count)
    #expect(
      Set(Self.courses.map(\.strategy)) == Set(Strategies.all.map { $0.description.name }))
  }

  static let device = Device(threads: 1)

  private func run(_ test: Case, _ data: DataSet) throws -> Run {
    let type = try #require(Strategies.named(test.course.strategy))
    let common: [String: OptionValue] = ["epochs": .integer(2), "batch": .integer(5)]
    return try Run(
      type,
      options: OptionValues(
        type.options, given: test.course.given.merging(common) { $1 }),
      network: test.body.network(heads: test.course.heads), data: data, tasks: SmallSigns.tasks,
      seed: 3)
  }

  /// Four drawn signs of each of six classes.
  private static let drawn = Result {
    var signs = SyntheticSigns()
    signs.classes = 6
    signs.perClass = 4
    signs.testPerClass = 1
    signs.size = 16
    signs.seed = 5
    return try DataSet.load(.synthetic(signs), cache: nil)
  }

  private static func data(_ transform: Transform) throws -> DataSet {
    var data = try drawn.get()
    data.transform = transform
    return data
  }

  /// The run's JSON, and apart from it the arrays by the keys that it names.
  private struct Written {
    var json: Data
    var shelf: Shelf
  }

  private func written(_ run: Run) throws -> Written {
    let (encoder, shelf) = (JSONEncoder(), Shelf())
    encoder.userInfo[.tensorStorage] = shelf
    return Written(json: try encoder.encode(run), shelf: shelf)
  }

  private func read(_ written: Written) throws -> Run {
    let decoder = JSONDecoder()
    decoder.userInfo[.tensorStorage] = written.shelf
    return try decoder.decode(Run.self, from: written.json)
  }
}
