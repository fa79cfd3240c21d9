import Datasets
import Foundation
import Testing

/// The folder with GTSRB's archives, reduced to 26,640 training images of 32×32, if it is here.
private let realGTSRB: String? = {
  let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let candidates: [String?] = [
    ProcessInfo.processInfo.environment["WAYMARK_GTSRB"],
    package.appendingPathComponent("../shared/data/gtsrb").standardizedFileURL.path,
  ]
  return candidates.compactMap { $0 }.first {
    FileManager.default.fileExists(atPath: $0 + "/GTSRB-Training_fixed.zip")
  }
}()

@Suite(.enabled(if: realGTSRB != nil, "needs GTSRB: set WAYMARK_GTSRB to the archives' folder"))
struct RealGTSRBTests {
  private func labels(_ name: String) throws -> [Int] {
    let path = try #require(realGTSRB) + "/" + name
    return try String(contentsOfFile: path, encoding: .utf8)
      .split { $0 == "," || $0.isNewline }.compactMap { Int($0) }
  }

  @Test func labelsAndPixelsAreTheNotebooks() throws {
    let path = try #require(realGTSRB)
    let cache = try TemporaryFolder()
    let source = DataSource.gtsrb(path: path, size: 32)
    let set = try DataSet.load(source, cache: ImageCache(folder: cache.path))
    #expect(try set.train.labels == labels("train_target.csv"))
    #expect(try set.test.labels == labels("test_target.csv"))
    #expect(set.classCounts()[1].train == 1500)
    #expect(set.classCounts()[0].train == 150)
    #expect(Set(set.train.tracks).count == 26_640 / 30)

    var sums = [0, 0, 0]
    for (index, byte) in set.train.pixels.enumerated() { sums[index % 3] += Int(byte) }
    let means = sums.map { Double($0) / Double(26_640 * 1024 * 255) }
    for (mean, expected) in zip(means, [0.3413, 0.3121, 0.3211]) {
      #expect(abs(mean - expected) < 0.0001)
    }

    let again = try DataSet.load(source, cache: ImageCache(folder: cache.path))
    #expect(again.digest == set.digest)
    #expect(again.train.pixels == set.train.pixels)
    #expect(again.test.pixels == set.test.pixels)
  }

  /// But for its misspelled vehicles.
  @Test func classNamesAreTheLabelLists() throws {
    let text = try String(
      contentsOfFile: try #require(realGTSRB) + "/signnames.csv", encoding: .utf8)
    let names = text.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      line.split(separator: ",", maxSplits: 1).last.map(String.init)
    }
    #expect(names.count { $0.lowercased().contains("vechiles") } == 4)
    #expect(GTSRB.corrected(names) == GTSRB.classNames)
    #expect(!GTSRB.classNames.contains { $0.lowercased().contains("vechiles") })
  }
}
