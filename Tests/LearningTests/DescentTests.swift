import Datasets
import Foundation
import Learning
import Networks
import Tensors
import Testing

/// What is measured of a run's gradients while it learns, and kept of each epoch.
struct DescentTests {
  private static let device = Device(threads: 1)

  private func reports(of run: inout Run, _ data: DataSet) -> [BatchReport] {
    var reports: [BatchReport] = []
    run.advance(data, on: Self.device, to: .end) { event, _ in
      if case .batchTrained(let report) = event { reports.append(report) }
      return true
    }
    return reports
  }

  /// Of every strategy that learns by gradients, in all of its stages.
  @Test(arguments: SmallSigns.courses)
  func epochsHaveTheRateAndTheMeanNormOfTheirBatches(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    let reports = reports(of: &run, data)
    #expect(!reports.isEmpty && reports.allSatisfy { ($0.result.descent?.norm ?? 0) > 0 })
    var start = 0
    for record in run.history.epochs where record.batches > 0 {
      let steps = reports[start..<start + record.batches].compactMap(\.result.descent)
      start += record.batches
      let descent = try #require(record.descent)
      #expect(descent.firstRate == steps.first?.rate && descent.lastRate == steps.last?.rate)
      let mean = steps.reduce(0) { $0 + ($1.norm ?? .nan) } / Double(steps.count)
      #expect(abs(try #require(descent.gradientNorm) - mean) <= 1e-12 * mean)
      #expect(descent.isPlausible)
    }
    #expect(start == run.history.steps)
  }

  /// The gradient that plain descent moves the weights by.
  @Test func normIsThatOfTheStepOfPlainDescent() throws {
    let data = try SmallSigns.data()
    let course = SmallSigns.Course(
      strategy: "finetune",
      given: [
        "optimizer": .choice("sgd"), "momentum": .real(0), "weight-decay": .real(0),
        "lr": .real(0.25),
      ])
    var run = try course.run(on: data)
    _ = run.step(data, on: Self.device)
    let before = run.network.weights.elements
    guard case .batchTrained(let report) = run.step(data, on: Self.device) else {
      Issue.record("no batch was trained")
      return
    }
    let squares = zip(before, run.network.weights.elements).reduce(0.0) {
      $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
    }
    let norm = try #require(report.result.descent?.norm)
    #expect(report.result.descent?.rate == 0.25)
    #expect(abs(squares.squareRoot() / 0.25 - norm) < 1e-4 * norm)
  }

  /// What an earlier version of the program learned has no rate and no norm, and gets none; an epoch of
  /// which it learned a part neither.
  @Test func nothingIsInventedOfEarlierEpochs() throws {
    let data = try SmallSigns.data()
    var run = try SmallSigns.courses[0].run(on: data)
    run.advance(data, on: Self.device, to: .more(4, .batch))
    #expect(run.history.epochs.count == 1)
    let text = String(decoding: try JSONEncoder().encode(run), as: UTF8.self)
    let earlier = text.replacing(/"descent":\{[^{}]*\},?/, with: "").replacing(",}", with: "}")
    #expect(!earlier.contains("descent") && earlier != text)
    var restored = try JSONDecoder().decode(Run.self, from: Data(earlier.utf8))
    restored.advance(data, on: Self.device, to: .more(2, .epoch))
    #expect(restored.history.epochs.map { $0.descent == nil } == [true, true, false])
    run.advance(data, on: Self.device, to: .more(2, .epoch))
    #expect(run.network == restored.network && run.history.losses == restored.history.losses)
    #expect(run.history.epochs.allSatisfy { $0.descent != nil })
  }
}
