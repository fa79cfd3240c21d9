import Datasets
import Experiments
import Learning
import Networks
import Sessions
import Testing

struct FingerprintTests {
  @Test func everyStepIsSeen() throws {
    let data = try SmallCourse.data()
    var run = try SmallCourse.run("rehearsal-kd")
    var digests = [Fingerprint.digest(of: run)]
    var trained = 0
    run.advance(data, on: SmallCourse.device) { event, run in
      if case .batchTrained = event {
        trained += 1
        digests.append(Fingerprint.digest(of: run))
      }
      return true
    }
    #expect(trained > 10 && Set(digests).count == trained + 1)
  }

  /// The digest is of numbers alone, the fingerprint of how they are used too.
  @Test func fingerprintTellsUseApart() throws {
    var session = Session()
    let data = try SmallCourse.data()
    session.set("signs", to: .data(data))
    session.set("T", to: .tasks(Tasks(try SmallCourse.tasks(), of: "signs")))
    let (digest, before) = (session.digest(of: "signs"), try session.fingerprint(of: "signs"))
    var other = data
    other.transform.normalization = nil
    session.set("signs", to: .data(other))
    #expect(session.digest(of: "signs") == digest)
    #expect(try session.fingerprint(of: "signs") != before)
    #expect(session.digest(of: "T.1") != session.digest(of: "T.2"))
    #expect(session.digest(of: "T.1") != nil && session.digest(of: "T.9") == nil)
    #expect(session.digest(of: "nothing") == nil)
  }

  @Test func checkpointHasTheDigestThatTheRunHadThere() throws {
    let data = try SmallCourse.data()
    var session = Session()
    var object = RunOnData(try SmallCourse.run(), on: "signs")
    let beginning = Fingerprint.digest(of: object.run)
    _ = Trainer(on: SmallCourse.device).train(&object, data, to: .task(0)) { _, _, _ in }
    session.set("ft", to: .run(object))
    #expect(session.digest(of: "ft@0") == beginning)
    #expect(session.digest(of: "ft@1") == session.digest(of: "ft"))
    #expect(session.digest(of: "ft") != beginning)
  }
}
