/// Resizes images of bytes as Pillow's `Image.resize((width, height), Image.BILINEAR)` does, or with
/// `Image.BOX`: a separable triangle (or box) filter whose support grows when shrinking ("antialiased"), in fixed point
/// with 22 fractional bits, first along the rows, then along the columns.
///
/// The same bytes as Pillow's up to version 12; later ones take the columns first in some cases,
/// which moves some bytes by 1. Source: Pillow, `src/libImaging/Resample.c`.
package struct Resampling {
  package let height: Int
  package let width: Int
  package let channels: Int
  /// The filters of the lengths met so far.
  private var filters: [Int: [Filter]] = [:]
  /// Rows that went through the first pass, [source rows, width, channels].
  private var rows = Scratch<UInt8>(0)
  /// The sums of one row in the second pass.
  private let sums: Scratch<Int32>
  private let kernel: Kernel

  /// Pillow's `Resampling.BILINEAR` or `BOX`.
  package enum Kernel {
    case triangle
    case box

    /// How far it reaches from its middle.
    fileprivate var support: Double { self == .box ? 0.5 : 1 }

    fileprivate func weight(at place: Double) -> Double {
      switch self {
      case .triangle: max(0, 1 - abs(place))
      case .box: place > -0.5 && place <= 0.5 ? 1 : 0
      }
    }
  }

  /// - Parameters: The shape of the resized images.
  package init(height: Int, width: Int, channels: Int, kernel: Kernel = .triangle) {
    self.kernel = kernel
    self.height = height
    self.width = width
    self.channels = channels
    sums = Scratch(width * channels)
  }

  /// Resizes `source`, [sourceHeight, sourceWidth, channels] with `rowBytes` from row to row, into
  /// `target`, [height, width, channels].
  package mutating func resize(
    _ source: UnsafePointer<UInt8>, height sourceHeight: Int, width sourceWidth: Int,
    rowBytes: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    let outBytes = width * channels
    guard sourceWidth != width else {
      resizeColumns(source, sourceHeight, rowBytes, target)
      return
    }
    let horizontal = filter(from: sourceWidth, to: width)
    guard sourceHeight != height else {
      for row in 0..<height {
        resizeRow(source + row * rowBytes, horizontal, target + row * outBytes)
      }
      return
    }
    if rows.count < sourceHeight * outBytes { rows = Scratch(sourceHeight * outBytes) }
    for row in 0..<sourceHeight {
      resizeRow(source + row * rowBytes, horizontal, rows.base + row * outBytes)
    }
    resizeColumns(rows.base, sourceHeight, outBytes, target)
  }

  private func resizeRow(
    _ source: UnsafePointer<UInt8>, _ filter: Filter, _ target: UnsafeMutablePointer<UInt8>
  ) {
    filter.weights.withUnsafeBufferPointer { weights in
      for x in 0..<width {
        let (first, count) = (Int(filter.first[x]), Int(filter.count[x]))
        let start = x * filter.stride
        if channels == 3 {
          var sum = SIMD4(repeating: Filter.half)
          for tap in 0..<count {
            let pixel = source + (first + tap) * 3
            sum &+=
              weights[start + tap]
              &* SIMD4(Int32(pixel[0]), Int32(pixel[1]), Int32(pixel[2]), 0)
          }
          for channel in 0..<3 { target[x * 3 + channel] = Filter.byte(sum[channel]) }
        } else {
          for channel in 0..<channels {
            var sum = Filter.half
            for tap in 0..<count {
              sum &+= weights[start + tap] &* Int32(source[(first + tap) * channels + channel])
            }
            target[x * channels + channel] = Filter.byte(sum)
          }
        }
      }
    }
  }

  private mutating func resizeColumns(
    _ source: UnsafePointer<UInt8>, _ sourceHeight: Int, _ rowBytes: Int,
    _ target: UnsafeMutablePointer<UInt8>
  ) {
    let outBytes = width * channels
    guard sourceHeight != height else {
      for row in 0..<height {
        (target + row * outBytes).update(from: source + row * rowBytes, count: outBytes)
      }
      return
    }
    let vertical = filter(from: sourceHeight, to: height)
    let sums = sums.base
    for y in 0..<height {
      let row = source + Int(vertical.first[y]) * rowBytes
      sums.update(repeating: Filter.half, count: outBytes)
      for tap in 0..<Int(vertical.count[y]) {
        let weight = vertical.weights[y * vertical.stride + tap]
        let bytes = row + tap * rowBytes
        for column in 0..<outBytes { sums[column] &+= weight &* Int32(bytes[column]) }
      }
      let bytes = target + y * outBytes
      for column in 0..<outBytes { bytes[column] = Filter.byte(sums[column]) }
    }
  }

  private mutating func filter(from length: Int, to target: Int) -> Filter {
    if let known = filters[length]?.first(where: { $0.first.count == target }) { return known }
    let filter = Filter(from: length, to: target, kernel)
    filters[length, default: []].append(filter)
    return filter
  }
}

/// The weights that make each output position from a run of input positions.
private struct Filter {
  static let bits = 22
  static let half = Int32(1) << (bits - 1)

  /// The first input position of each output position, and how many.
  var first: [Int32] = []
  var count: [Int32] = []
  /// [output position, stride], in units of 2⁻²².
  var weights: [Int32]
  var stride: Int

  init(from length: Int, to target: Int, _ kernel: Resampling.Kernel) {
    first.reserveCapacity(target)
    count.reserveCapacity(target)
    let scale = Double(length) / Double(target)
    let stretch = max(scale, 1)
    let support = stretch * kernel.support
    stride = Int(support.rounded(.up)) * 2 + 1
    weights = [Int32](repeating: 0, count: target * stride)
    for position in 0..<target {
      let center = (Double(position) + 0.5) * scale
      let begin = max(Int(center - support + 0.5), 0)
      let end = min(Int(center + support + 0.5), length)
      let weight = { (input: Int) in
        kernel.weight(at: (Double(input) - center + 0.5) * (1 / stretch))
      }
      var sum = 0.0
      for input in begin..<end { sum += weight(input) }
      for input in begin..<end {
        let share = sum == 0 ? 0 : weight(input) / sum
        weights[position * stride + input - begin] = Int32(0.5 + share * Double(1 << Self.bits))
      }
      first.append(Int32(begin))
      count.append(Int32(end - begin))
    }
  }

  static func byte(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: max(0, min(255, sum &>> Int32(bits))))
  }
}
