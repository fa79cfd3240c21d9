internal import Dispatch
internal import Synchronization

/// Reads, decodes and resizes the images of a listing on several threads.
///
/// Blocks of images are handed out one by one; each goes to its place in the result, so that the
/// result does not depend on the threads.
struct ImageLoader {
  private let listing: ImageListing
  private let size: Int
  private let blocks: [Block]

  /// A run of archive entries, or of positions for images in a folder.
  private struct Block {
    var split: DataSet.Split
    var range: Range<Int>
  }

  private final class Shared: Sendable {
    struct State {
      var next = 0
      var images = 0
      var stopped = false
      var failure: (block: Int, error: DataSetError)?
    }

    let value = Mutex(State())
  }

  init(_ listing: ImageListing, size: Int) {
    self.listing = listing
    self.size = size
    blocks = DataSet.Split.allCases.flatMap { name in
      let split = listing[name]
      let count = split.positions.isEmpty ? split.entries.count : split.positions.count
      return stride(from: 0, to: count, by: 256).map {
        Block(split: name, range: $0..<min($0 + 256, count))
      }
    }
  }

  /// - Parameter progress: Called on this thread; what it throws ends the loading.
  func load(threads: Int, progress: LoadListener) throws -> (train: ImageSet, test: ImageSet) {
    var test: Images?
    let train = try images(of: .train) { train in
      test = try images(of: .test) { test in
        try fill(train, test, threads: threads, progress: progress)
      }
    }
    return (set(.train, train), set(.test, test ?? ([], [])))
  }

  private typealias Images = (pixels: [UInt8], sizes: [ImageSize])

  /// Where the images of a split go.
  struct Target {
    var pixels: UnsafeMutableBufferPointer<UInt8>
    /// Of the files, one for each image.
    var sizes: UnsafeMutableBufferPointer<ImageSize>
  }

  private func images(of split: DataSet.Split, _ fill: (Target) throws -> Void) throws -> Images {
    let images = listing[split].entries.count
    let count = images * size * size * 3
    var sizes = [ImageSize](repeating: ImageSize(width: 0, height: 0), count: images)
    let pixels = try sizes.withUnsafeMutableBufferPointer { sizes in
      try [UInt8](unsafeUninitializedCapacity: count) { target, filled in
        try fill(
          Target(pixels: UnsafeMutableBufferPointer(rebasing: target[..<count]), sizes: sizes))
        filled = count
      }
    }
    return (pixels, sizes)
  }

  private func set(_ name: DataSet.Split, _ images: Images) -> ImageSet {
    let split = listing[name]
    return ImageSet(
      shape: ImageShape(height: size, width: size, channels: 3), pixels: images.pixels,
      labels: split.entries.map(\.label), tracks: split.hasTracks ? split.entries.map(\.track) : [],
      sizes: images.sizes)
  }

  private func fill(
    _ train: Target, _ test: Target, threads: Int, progress: LoadListener
  ) throws {
    let shared = Shared()
    let total = listing.count
    // Every block is written by one thread only, to places of its own.
    nonisolated(unsafe) let targets = [DataSet.Split.train: train, .test: test]
    let others = DispatchGroup()
    for _ in 1..<max(threads, 1) {
      DispatchQueue.global().async(group: others) {
        var worker = Worker(listing, size: size, targets: targets)
        while step(&worker, shared) != nil {}
      }
    }
    var worker = Worker(listing, size: size, targets: targets)
    var cancellation: (any Error)?
    do {
      try progress(LoadProgress(images: 0, total: total))
      while let images = step(&worker, shared) {
        try progress(LoadProgress(images: images, total: total))
      }
    } catch {
      cancellation = error
      shared.value.withLock { $0.stopped = true }
    }
    others.wait()
    if let cancellation { throw cancellation }
    if let failure = shared.value.withLock({ $0.failure }) { throw failure.error }
    try progress(LoadProgress(images: total, total: total))
  }

  /// Loads the next block; nil when there is none, else the images loaded so far by all threads.
  private func step(_ worker: inout Worker, _ shared: Shared) -> Int? {
    let number: Int? = shared.value.withLock {
      guard !$0.stopped, $0.failure == nil, $0.next < blocks.count else { return nil }
      $0.next += 1
      return $0.next - 1
    }
    guard let number else { return nil }
    do {
      let loaded = try worker.load(blocks[number].range, of: blocks[number].split)
      return shared.value.withLock {
        $0.images += loaded
        return $0.images
      }
    } catch {
      shared.value.withLock {
        if number < $0.failure?.block ?? .max { $0.failure = (number, error) }
      }
      return nil
    }
  }
}
