public import Tensors

extension ImageSet {
  /// The mean of some images, pixel by pixel and channel by channel, as they were loaded;
  /// [height, width, channels], 0 … 255. nil without images.
  public func mean(of images: [Int], on pool: ThreadPool) -> [Double]? {
    guard !images.isEmpty else { return nil }
    let pieces = evenRanges(images.count, parts: 16)
    let sums = pool.map(pieces.count) { piece in
      var sums = [Int](repeating: 0, count: shape.count)
      for index in pieces[piece] {
        let start = images[index] * shape.count
        for place in 0..<shape.count { sums[place] += Int(pixels[start + place]) }
      }
      return sums
    }
    return (0..<shape.count).map { place in
      Double(sums.reduce(0) { $0 + $1[place] }) / Double(images.count)
    }
  }

  /// How often each byte occurs in each channel of some images, [channels][256].
  public func histograms(of images: [Int], on pool: ThreadPool) -> [[Int]] {
    let pieces = evenRanges(images.count, parts: 16)
    let channels = shape.channels
    let parts = pool.map(pieces.count) { piece in
      var counts = [Int](repeating: 0, count: channels * 256)
      for index in pieces[piece] {
        let start = images[index] * shape.count
        for place in 0..<shape.count {
          counts[place % channels * 256 + Int(pixels[start + place])] += 1
        }
      }
      return counts
    }
    return (0..<channels).map { channel in
      (0..<256).map { byte in parts.reduce(0) { $0 + $1[channel * 256 + byte] } }
    }
  }
}
