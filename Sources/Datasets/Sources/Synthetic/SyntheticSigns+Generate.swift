internal import Dispatch
internal import Randomness

extension SyntheticSigns {
  /// Draws the whole set; the same bytes for any number of threads.
  public func generate(threads: Int) throws(SyntheticSignsError) -> DataSet {
    try validate()
    let templates = templates(threads: threads)
    let grain = Grain(RandomStream(seed: UInt64(bitPattern: Int64(seed))).stream("grain"))
    let studio = Studio(signs: self, templates: templates, grain: grain)
    let train = studio.shoot(trainTracks, length: trackLength, split: .train, threads: threads)
    let test = studio.shoot(testCounts, length: 1, split: .test, threads: threads)
    return DataSet(
      source: .synthetic(self), classNames: (0..<classes).map(SignCatalog.name), train: train,
      test: test)
  }

  /// Enough pixels for the nearest frames.
  private var templateSide: Int { size <= 40 ? 64 : size <= 80 ? 128 : 256 }

  private func templates(threads: Int) -> [SignTemplate] {
    var templates = [SignTemplate?](repeating: nil, count: classes)
    templates.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let buffer = buffer
      spread(buffer.count, threads: threads) { labels in
        for label in labels { buffer[label] = SignTemplate(label: label, side: templateSide) }
      }
    }
    return templates.compactMap(\.self)
  }
}

/// Where tracks are filmed.
private struct Studio {
  let signs: SyntheticSigns
  let templates: [SignTemplate]
  let grain: Grain

  /// `ordinal` is the track's number within its class.
  private typealias Shot = (label: Int, ordinal: Int)

  /// Films `tracks[c]` tracks of `length` frames for each class c.
  func shoot(
    _ tracks: [Int], length: Int, split: DataSet.Split, threads: Int
  ) -> ImageSet {
    let shots = tracks.enumerated().flatMap { label, count in
      (0..<count).map { (label: label, ordinal: $0) }
    }
    let shape = ImageShape(height: signs.size, width: signs.size, channels: 3)
    let total = shots.count * length * shape.count
    let pixels = [UInt8](unsafeUninitializedCapacity: total) { buffer, count in
      nonisolated(unsafe) let buffer = buffer
      spread(shots.count, threads: threads) { numbers in
        var camera = Camera(size: signs.size, grain: grain)
        for number in numbers {
          let bytes = length * shape.count
          let track = UnsafeMutableBufferPointer(
            rebasing: buffer[number * bytes..<(number + 1) * bytes])
          film(shots[number], split, length: length, with: &camera, into: track)
        }
      }
      count = total
    }
    let labels = shots.flatMap { Array(repeating: $0.label, count: length) }
    let numbers = shots.indices.flatMap { Array(repeating: $0, count: length) }
    return ImageSet(shape: shape, pixels: pixels, labels: labels, tracks: numbers)
  }

  private func film(
    _ shot: Shot, _ split: DataSet.Split, length: Int, with camera: inout Camera,
    into bytes: UnsafeMutableBufferPointer<UInt8>
  ) {
    let stream = RandomStream(seed: UInt64(bitPattern: Int64(signs.seed))).stream(split.rawValue)
      .stream(shot.label).stream(shot.ordinal)
    var random = stream
    let track = SignTrack(&random)
    let alone = random.uniform()
    let frames = (0..<length).map { index in
      var random = stream.stream(index)
      let time = length == 1 ? alone : Float(index) / Float(length - 1)
      return track.frame(at: time, size: signs.size, &random)
    }
    let backdrop = Backdrop(
      side: Backdrop.breadth * signs.size, seenBy: frames, grain: grain, &random)
    let size = bytes.count / length
    for (index, frame) in frames.enumerated() {
      camera.take(
        frame, of: templates[shot.label], amid: track.surroundings, before: backdrop,
        into: UnsafeMutableBufferPointer(rebasing: bytes[index * size..<(index + 1) * size]))
    }
  }
}

/// Runs `work` on every `threads`th number below `count`, once per thread.
private func spread(
  _ count: Int, threads: Int, _ work: @Sendable (StrideTo<Int>) -> Void
) {
  let threads = max(1, min(threads, count))
  DispatchQueue.concurrentPerform(iterations: threads) { first in
    work(stride(from: first, to: count, by: threads))
  }
}
