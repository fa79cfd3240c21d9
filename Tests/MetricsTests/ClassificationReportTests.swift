import Metrics
import Testing

struct ClassificationReportTests {
  /// Of class 6 there is no image, and none is taken for class 5.
  @Test func figuresAreThoseOfScikitLearn() throws {
    let golden = try GoldenFigures.read()
    let report = ClassificationReport(
      Evaluation(classes: Array(10..<17), confusion: golden.confusion))
    #expect(report.classes == Array(10..<17))
    for (position, figures) in report.byClass.enumerated() {
      #expect(isNear(figures.precision, golden.report.precision[position]), "\(position)")
      #expect(isNear(figures.recall, golden.report.recall[position]), "\(position)")
      #expect(isNear(figures.f1, golden.report.f1[position]), "\(position)")
      #expect(figures.support == golden.report.support[position])
    }
    for (found, expected) in [
      (report.micro, golden.report.micro), (report.macro, golden.report.macro),
      (report.weighted, golden.report.weighted),
    ] {
      #expect(isNear(found.precision, expected.precision))
      #expect(isNear(found.recall, expected.recall))
      #expect(isNear(found.f1, expected.f1))
      #expect(found.support == 120)
    }
    #expect(report.neverPredicted == [15] && report.withoutImages == [16])
  }

  /// A class that is never met has no figures at all, one that is missed has F1 = 0.
  @Test func whatIsUndefinedIsNil() {
    let report = ClassificationReport(
      Evaluation(classes: [4, 7, 9], confusion: [[3, 0, 0], [2, 0, 0], [0, 0, 0]]))
    #expect(report.byClass[0].precision == 60 && report.byClass[0].recall == 100)
    #expect(report.byClass[1].precision == nil && report.byClass[1].recall == 0)
    #expect(report.byClass[1].f1 == 0)
    #expect(report.byClass[2].precision == nil && report.byClass[2].f1 == nil)
    #expect(report.macro.precision == 60 && report.macro.recall == 50 && report.macro.f1 == 37.5)
    #expect(report.weighted.precision == 60 && report.weighted.recall == 60)
    #expect(report.neverPredicted == [7, 9] && report.withoutImages == [9])
    let nothing = ClassificationReport(Evaluation(classes: [1], confusion: [[0]]))
    for figures in [nothing.micro, nothing.macro, nothing.weighted] {
      #expect(figures.precision == nil && figures.recall == nil && figures.f1 == nil)
    }
  }

  /// What is taken for an output that stands for no class is missed, but is no class's false alarm.
  @Test func columnsBeyondTheClassesAreMisses() {
    let report = ClassificationReport(
      Evaluation(classes: [0, 1], confusion: [[6, 2, 2], [0, 8, 2]]))
    #expect(report.byClass[0].precision == 100 && report.byClass[0].recall == 60)
    #expect(report.byClass[1].precision == 80 && report.byClass[1].recall == 80)
    #expect(report.micro.precision == 100.0 * 14 / 16 && report.micro.recall == 70)
    #expect(report.micro.f1 == 100.0 * 28 / 36)
  }
}
