public import Tensors

/// A move of an image by whole pixels.
public struct PixelShift: Hashable, Sendable {
  /// To the right.
  public var across: Int
  public var down: Int

  public init(across: Int, down: Int) {
    self.across = across
    self.down = down
  }

  /// The neighbours, first along the axes, then along the diagonals.
  public static let neighbours = [
    PixelShift(across: 1, down: 0), PixelShift(across: -1, down: 0),
    PixelShift(across: 0, down: 1), PixelShift(across: 0, down: -1),
    PixelShift(across: 1, down: 1), PixelShift(across: -1, down: -1),
    PixelShift(across: 1, down: -1), PixelShift(across: -1, down: 1),
  ]
}

extension Tensor {
  /// Images moved; what comes in is the nearest pixel of the edge.
  ///
  /// `self` is [N, height, width, channels].
  public func shifted(by shift: PixelShift) -> Tensor {
    precondition(shape.count == 4, "images \(shape)")
    let (height, width, channels) = (shape[1], shape[2], shape[3])
    var moved = self
    let row = width * channels
    elements.withUnsafeBufferPointer { source in
      moved.elements.withUnsafeMutableBufferPointer { target in
        for image in 0..<shape[0] {
          for y in 0..<height {
            let from = (image * height + min(max(y - shift.down, 0), height - 1)) * row
            let to = (image * height + y) * row
            for x in 0..<width {
              let pixel = from + min(max(x - shift.across, 0), width - 1) * channels
              for channel in 0..<channels {
                target[to + x * channels + channel] = source[pixel + channel]
              }
            }
          }
        }
      }
    }
    return moved
  }
}
