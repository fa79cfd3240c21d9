import Digests
import Networks
import Tensors

/// The same bits on any number of threads.
enum ThreadGoals {
  private static let threads = [1, 2, 4]
  private static let batches = [64, 33, 7, 1]

  /// Counts the digests of weights after some steps that differ from those of one thread.
  static func measure() throws -> [Goal] {
    var different = 0
    var first = ""
    for preset in Preset.all {
      for batch in batches {
        let digests = try threads.map { try digest(preset, batch: batch, threads: $0) }
        different += digests.count { $0 != digests[0] }
        if first.isEmpty { first = digests[0] }
      }
    }
    return [
      Goal(
        "weights that depend on the threads", Double(different), unit: "of \(cases)", .atMost(0),
        note: "1, 2, 4 threads; batches of 64, 33, 7, 1; first digest \(first.prefix(8))")
    ]
  }

  private static var cases: Int { Preset.all.count * batches.count * threads.count }

  private static func digest(_ preset: Preset, batch: Int, threads: Int) throws -> String {
    var workload = try Workload(preset, batch: batch, on: Device(threads: threads))
    for _ in 0..<3 { workload.train() }
    var digest = Digest()
    digest.update(workload.network.weights.elements)
    return digest.finish()
  }
}
