internal import Randomness

/// What the random parts of a transform do to one image; parts that are off leave it as it is.
package struct TransformDraws: Hashable, Sendable {
  /// nil: the whole image.
  package var crop: CropBox?
  package var isMirrored = false
  package var jitter: JitterDraw?
  /// What is added to every value of 0 … 255.
  package var brightness: Float = 0
  /// What the distance from the mean is multiplied by.
  package var contrast: Float = 1
}

/// How one image is turned, sized and moved.
package struct JitterDraw: Hashable, Sendable {
  /// In degrees.
  package var rotation: Float
  /// 1.1 is a tenth larger.
  package var scale: Float
  /// In pixels, to the right and down.
  package var right: Float
  package var down: Float

  /// Draws four numbers: rotation, scale, and the shifts along x and y.
  init(_ jitter: Jitter, height: Int, width: Int, using random: inout RandomStream) {
    rotation = random.uniform(in: -1..<1) * jitter.rotation
    scale = 1 + random.uniform(in: -1..<1) * jitter.scale
    right = random.uniform(in: -1..<1) * jitter.shift * Float(width)
    down = random.uniform(in: -1..<1) * jitter.shift * Float(height)
  }
}
