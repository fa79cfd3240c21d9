import Datasets
import Foundation
import Testing

/// Images that several threads load, 256 at a time.
struct ImageLoaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    threads: Int = 2, progress: (LoadProgress) throws -> Void = { _ in }
  ) throws -> DataSet {
    try DataSet.load(
      .folder(path: folder.path, size: 4), cache: nil, threads: threads, progress: progress)
  }

  /// Images for training, and one for testing.
  private func write(_ count: Int) throws {
    for number in 0..<count {
      try folder.write(pixmap(50, 50, UInt8(number % 256)), to: "train/a/\(1000 + number).ppm")
    }
    try folder.write(pixmap(2, 2, 1), to: "test/a/1.ppm")
  }

  /// Both threads meet one; the later image often fails last.
  @Test(arguments: 1...5) func firstOfTheDamagedImagesIsNamed(round: Int) throws {
    try write(512)
    let first = try folder.write("no image", to: "train/a/1128.ppm")
    try folder.write("no image", to: "train/a/1511.ppm")
    let error = #expect(throws: DataSetError.self) { try load() }
    guard case .damagedImage(first, nil, _)? = error else {
      Issue.record("\(String(describing: error)) does not name the first")
      return
    }
  }

  private struct Stop: Error {}

  @Test(arguments: [1, 2]) func whatProgressThrowsOnceEndsTheLoading(threads: Int) throws {
    try write(300)
    var calls = 0
    #expect(throws: Stop.self) {
      try load(threads: threads) { _ in
        calls += 1
        if calls == 1 { throw Stop() }
      }
    }
    #expect(calls == 1)
  }

  /// Whoever ends the loading is told so, whatever the other thread met in the meantime.
  @Test func whatProgressThrowsComesBeforeADamagedImage() throws {
    try folder.write("no image", to: "a/1.ppm")
    #expect(throws: Stop.self) {
      try load { _ in
        Thread.sleep(forTimeInterval: 0.02)
        throw Stop()
      }
    }
  }
}
