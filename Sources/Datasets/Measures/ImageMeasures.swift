public import Tensors

/// What can be measured of an image as it was loaded, before the transform.
///
/// All but the size are of the luma in bytes, 0 … 255 (Rec. 601, as Pillow's "L").
public struct ImageMeasures: Hashable, Sendable {
  /// The mean, from 0 (black) to 255 (white).
  public let brightness: Double
  /// The standard deviation over the pixels, up to 127.5.
  public let contrast: Double
  /// The variance of the Laplacian, up to some ten thousands: low where an image is blurred
  /// (Pech-Pacheco et al. 2000). Of 4 neighbours, edges mirrored as OpenCV does.
  public let sharpness: Double
  /// Of the file, before it was resized; nil if the data set does not know it.
  public let size: ImageSize?
}

extension ImageMeasures {
  /// The sharpness divided by the squared contrast, from 0 to 64: dark images are not blurred for
  /// being dark. 64 of an image of one gray, of which nobody can tell.
  public var relativeSharpness: Double {
    contrast > 0 ? sharpness / (contrast * contrast) : 64
  }
}

extension ImageMeasures {
  /// - Parameter light: The luma, [height, width].
  init(luma light: [UInt8], height: Int, width: Int, size: ImageSize?) {
    let pixels = Double(height * width)
    var (sum, squares, bend, bendSquares) = (0, 0, 0, 0)
    light.withUnsafeBufferPointer { light in
      for row in 0..<height {
        let above = mirrored(row - 1, within: height) * width
        let below = mirrored(row + 1, within: height) * width
        for column in 0..<width {
          let value = Int(light[row * width + column])
          let left = Int(light[row * width + mirrored(column - 1, within: width)])
          let right = Int(light[row * width + mirrored(column + 1, within: width)])
          let laplacian =
            Int(light[above + column]) + Int(light[below + column]) + left + right - 4 * value
          sum += value
          squares += value * value
          bend += laplacian
          bendSquares += laplacian * laplacian
        }
      }
    }
    func variance(_ sum: Int, _ squares: Int) -> Double {
      let mean = Double(sum) / pixels
      return max(0, Double(squares) / pixels - mean * mean)
    }
    brightness = Double(sum) / pixels
    contrast = variance(sum, squares).squareRoot()
    sharpness = variance(bend, bendSquares)
    self.size = size
  }
}

extension ImageSet {
  public func measures(at index: Int) -> ImageMeasures {
    ImageMeasures(
      luma: luma(of: image(at: index), channels: shape.channels), height: shape.height,
      width: shape.width, size: size(at: index))
  }

  /// Of many images, in their order.
  public func measures(of images: [Int], on pool: ThreadPool) -> [ImageMeasures] {
    let pieces = stride(from: 0, to: images.count, by: 256).map { $0..<min($0 + 256, images.count) }
    return pool.map(pieces.count) { piece in
      pieces[piece].map { measures(at: images[$0]) }
    }.flatMap(\.self)
  }
}
