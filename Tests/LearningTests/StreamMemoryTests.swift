import Datasets
import Foundation
import Learning
import TestSupport
import Testing

/// Memories that follow the stream of images, in which each comes once however often it is trained on.
struct StreamMemoryTests {
  /// Strategies that can keep a reservoir, with what makes them train on few images.
  static let courses: [(strategy: String, given: [String: OptionValue])] = [
    ("replay", ["replay": .integer(1)]), ("a-gem", ["reference": .integer(1)]),
    ("gem", ["reference": .integer(1)]),
    ("er-ace", ["replay": .integer(1)]), ("dark", ["replay": .integer(1)]),
    ("icarl", [:]), ("wa", ["replay": .integer(2)]), ("wa", [:]), ("bic", [:]),
    ("der", ["second-epochs": .integer(0)]),
  ]
  /// 28 images in three tasks.
  static let counts = [5, 3, 6, 4, 7, 3]

  private func run(
    _ strategy: String, _ given: [String: OptionValue], policy: String, memory: Int, epochs: Int,
    seed: Int
  ) throws -> FollowedRun {
    var given = given
    given["memory"] = .integer(memory)
    given["epochs"] = .integer(epochs)
    given["batch"] = .integer(4)
    if strategy != "dark" { given["policy"] = .choice(policy) }
    return try FollowedRun(strategy, given, counts: Self.counts, seed: seed)
  }

  /// After n images each of them is in a memory of 12 with probability 12/n, whatever the number of
  /// epochs.
  @Test(arguments: courses.indices)
  func reservoirKeepsAllWithTheSameProbability(index: Int) throws {
    let (strategy, given) = Self.courses[index]
    let (seeds, memory) = (Campaign.count(60, long: 300, full: 300), 12)
    let images = Self.counts.reduce(0, +)
    var kept = [Int](repeating: 0, count: images)
    for seed in 0..<seeds {
      var course = try run(
        strategy, given, policy: "reservoir", memory: memory, epochs: 3, seed: seed)
      course.run.advance(course.data, on: FollowedRun.device)
      #expect(course.memory.count == memory)
      for image in course.memory { kept[image] += 1 }
    }
    let chance = Double(memory) / Double(images)
    let expected = Double(seeds) * chance
    let deviation = (expected * (1 - chance)).squareRoot()
    for (image, count) in kept.enumerated() {
      #expect(
        abs(Double(count) - expected) < 4.5 * deviation,
        "image \(image): \(count) times instead of \(expected) ± \(deviation)")
    }
  }

  /// The count that the chances follow from is that of the images, to the one.
  @Test(arguments: courses.indices, [1, 3])
  func everyImageIsCountedOnce(index: Int, epochs: Int) throws {
    let (strategy, given) = Self.courses[index]
    var course = try run(
      strategy, given, policy: "reservoir", memory: 12, epochs: epochs, seed: 5)
    var seen = 0
    for task in 0..<3 {
      try course.endTask()
      seen += course.images(ofTask: task).count
      let state = try JSONSerialization.jsonObject(with: JSONEncoder().encode(course.run))
      let strategy = (state as? [String: Any])?["strategy"] as? [String: Any]
      let rehearsal = (strategy?["state"] as? [String: Any])?["rehearsal"] as? [String: Any]
      let reservoir = rehearsal?["reservoir"] as? [String: Any]
      #expect(reservoir?["seen"] as? Int == seen)
    }
  }

  /// Numbers of images in a file that the data set does not have are found before a step takes them.
  @Test func imagesBesidesTheMemoryAreHeldAgainstTheData() throws {
    var course = try run("wa", [:], policy: "reservoir", memory: 12, epochs: 2, seed: 1)
    try course.endTask()
    try course.beginTask()
    #expect(course.run.misfit(with: course.data) == nil)
    let text = String(decoding: try JSONEncoder().encode(course.run), as: UTF8.self)
    for image in [28, -1, 1 << 40] {
      let forged = text.replacing(/"mixed":\[\d+/, with: "\"mixed\":[\(image)")
      #expect(forged.contains("\"mixed\":[\(image)"))
      let run = try JSONDecoder().decode(Run.self, from: Data(forged.utf8))
      #expect(run.misfit(with: course.data) != nil)
    }
  }

  /// What a file has of the class being learned is not taken in a second time.
  @Test(arguments: ["reservoir", "fifo"]) func exemplarsAreNoNews(policy: String) throws {
    var course = try run(
      "replay", ["replay": .integer(1)], policy: policy, memory: 12, epochs: 1, seed: 1)
    try course.beginTask()
    let images = course.images(ofTask: 0)
    let label = course.data.train.labels[images[0]]
    course.run = try course.run.forged("learner.memory.classes") { _ in
      [["label": label, "images": [images[0]]] as [String: Any]]
    }
    #expect(course.run.misfit(with: course.data) == nil)
    try course.endTask()
    #expect(images.count == 11 && course.memory.sorted() == images)
  }

  /// First in, first out: after a task of more images than the memory holds, all are of that task,
  /// the last that came, although an epoch that the memory is part of goes through old ones too.
  @Test(arguments: [0, 2]) func fifoKeepsTheLastImages(replay: Int) throws {
    for seed in 0..<5 {
      var course = try run(
        "wa", ["replay": .integer(replay)], policy: "fifo", memory: 6, epochs: 3, seed: seed)
      for task in 0..<3 {
        try course.endTask()
        #expect(course.memory.count == 6)
        #expect(Set(course.memory).isSubset(of: course.images(ofTask: task)))
      }
    }
  }

  /// What an epoch goes through besides new images is what the memory held when the task began.
  @Test(arguments: ["reservoir", "fifo"])
  func epochHasTheOldMemoryAndEachNewImageOnce(policy: String) throws {
    var course = try run("wa", [:], policy: policy, memory: 12, epochs: 3, seed: 1)
    for task in 0..<3 {
      let old = course.memory
      try course.beginTask()
      let expected = course.images(ofTask: task).count + old.count
      for epoch in 0..<3 {
        let batches = try course.advance { event -> Int? in
          if case .epochEnded(let record) = event { record.batches } else { nil }
        }
        #expect(batches == (expected + 3) / 4, "task \(task), epoch \(epoch)")
      }
      try course.endTask()
    }
  }
}
