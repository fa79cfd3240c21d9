import Datasets
import Foundation

/// Loading GTSRB from its archives, and again from the cache.
struct LoadGoals {
  /// Where the archives are.
  let path: String
  let threads: Int
  let rounds: Int

  func measure() throws -> [Goal] {
    var (archives, cached) = (Sample(), Sample())
    var images = 0
    for _ in 0..<rounds {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "waymark-bench-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: folder) }
      for round in 0..<2 {
        let clock = ContinuousClock()
        let start = clock.now
        let data = try DataSet.load(
          .gtsrb(path: path, size: 32), cache: ImageCache(folder: folder.path), threads: threads)
        let seconds = (clock.now - start) / .seconds(1)
        if round == 0 { archives.add(seconds) } else { cached.add(seconds) }
        images = data.train.count + data.test.count
      }
    }
    return [
      Goal(
        "GTSRB from the archives", archives, unit: "s", .atMost(1.5),
        note: "\(images) images, cache written too"),
      Goal("GTSRB from the cache", cached, unit: "s", .atMost(0.2), note: "checksums verified"),
    ]
  }
}
