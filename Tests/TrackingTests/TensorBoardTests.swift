import Datasets
import Foundation
import Learning
import Networks
import Tensors
import Testing
import Tracking

struct TensorBoardTests {
  /// Three tasks of 18 images in batches of 6, two epochs each: 6 batches a task, 18 in all. What is
  /// of a batch or an epoch stands at the batches done, what is of a task at the task.
  @Test func scalarsStandAtTheirSteps() throws {
    let folder = try ScratchFolder()
    let data = try SmallRun.data()
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1))
    _ = try Tracking.export(
      run, name: "ft", data: "signs", program: "waymark test",
      to: .init(.tensorboard, path: folder("tb")))
    let file = try folder.only("events", in: folder.only("ft", in: "tb"))
    for event in try EventReader.events(folder.bytes(file)) {
      let age = try Date().timeIntervalSince1970 - #require(event.double(1))
      #expect((0..<60).contains(age))
    }
    let points = try EventReader.points(folder.bytes(file))
    func steps(_ tag: String) -> [Int] { points.filter { $0.tag == tag }.map(\.step) }
    #expect(steps("train/train_loss") == Array(1...18))
    #expect(steps("train/train_accuracy") == [3, 6, 9, 12, 15, 18])
    #expect(steps("train/epoch_loss") == [3, 6, 9, 12, 15, 18])
    #expect(steps("incremental_accuracy") == [1, 2, 3])
    #expect(steps("accuracy/task_1") == [1, 2, 3])
    #expect(steps("accuracy/task_3") == [3])
    #expect(steps("forgetting") == [2, 3])
    let losses = points.filter { $0.tag == "train/train_loss" }.map(\.value)
    #expect(losses == run.history.losses.elements)
  }

  /// The version and the writer, then the description as a text; every event has its time.
  @Test func eventsBeginWithVersionAndDescription() throws {
    let folder = try ScratchFolder()
    let run = try SmallRun.run("finetune", on: SmallRun.data())
    let target = Tracking.Target(.tensorboard, path: folder("tb"))
    func export() throws -> String {
      try Tracking.export(
        run, name: "a/b", data: "signs", program: "waymark test", to: target)
    }
    let path = try export()
    #expect(path == folder("tb/a_b"))
    let events = try EventReader.events(folder.bytes(folder.only("events", in: "tb/a_b")))
    #expect(events.count == 2)
    #expect(events[0].texts(3) == ["brain.Event:2"])
    #expect(try events[0].messages(10).map { $0.texts(1) } == [["waymark test"]])
    for event in events {
      let age = try Date().timeIntervalSince1970 - #require(event.double(1))
      #expect((0..<60).contains(age))
    }
    let value = try #require(try events[1].messages(5).first?.messages(1).first)
    #expect(value.texts(1) == ["config/text_summary"])
    #expect(try value.messages(9)[0].messages(1)[0].texts(1) == ["text"])
    let tensor = try value.messages(8)[0]
    #expect(tensor.integer(1) == 7)
    let table = try #require(tensor.texts(8).first)
    #expect(table.hasPrefix("| option | value |\n| :-- | :-- |\n"))
    #expect(table.contains("\n| strategy | \"finetune\" |\n"))
    // Another run of that name has a folder of its own.
    #expect(try export().hasPrefix(path + "-"))
  }
}

extension EventReader {
  struct Point {
    var tag: String
    var step: Int
    var value: Float
  }

  static func events(_ bytes: [UInt8]) throws -> [MessageFields] {
    var place = 0
    return try steps(bytes).map { length in
      defer { place += length + 16 }
      return try MessageFields(Array(bytes[place + 12..<place + 12 + length]))
    }
  }

  /// All scalars of an event file, read as tensorflow/core/util/event.proto says: field 2 of an event
  /// is its step, field 5 its summary, whose values have a tag (1) and a number (2).
  static func points(_ bytes: [UInt8]) throws -> [Point] {
    var points: [Point] = []
    for event in try events(bytes) {
      for summary in try event.messages(5) {
        for value in try summary.messages(1) {
          guard let tag = value.texts(1).first, let number = value.float(2) else { continue }
          points.append(Point(tag: tag, step: event.integer(2), value: number))
        }
      }
    }
    return points
  }
}
