internal import Randomness

extension CorruptionKind {
  /// Drops on the lens: of water at severities 1 to 3, of mud at 4 and 5.
  static let spatter = CorruptionKind(
    name: "spatter", summary: "drops of water, or of mud from severity 4 on", measure: "severity",
    range: 1.0...5.0, severities: [1, 2, 3, 4, 5],
    words: { "spatter, severity \(plain($0))" }
  ) { image, shape, strength, random in
    let drops = Spatter.drops[Int(strength) - 1]
    let normals = (0..<shape.height * shape.width).map { _ in Double(random.normal()) }
    return Spatter.spattered(image, shape, drops, normals: normals)
  }
}

/// Drops of water or mud on the lens.
package enum Spatter {
  package struct Drops: Sendable {
    /// Of the liquid's normal numbers.
    var mean: Double
    var deviation: Double
    /// In pixels.
    var blur: Double
    /// Below it there is no liquid.
    var threshold: Double
    /// Of water how much is seen; of mud the blur of its edges in pixels.
    var opacity: Double
    var isMud: Bool
  }

  package static let drops = [
    Drops(mean: 0.62, deviation: 0.1, blur: 0.7, threshold: 0.7, opacity: 0.5, isMud: false),
    Drops(mean: 0.65, deviation: 0.1, blur: 0.8, threshold: 0.7, opacity: 0.5, isMud: false),
    Drops(mean: 0.65, deviation: 0.3, blur: 1, threshold: 0.69, opacity: 0.5, isMud: false),
    Drops(mean: 0.65, deviation: 0.1, blur: 0.7, threshold: 0.69, opacity: 0.6, isMud: true),
    Drops(mean: 0.65, deviation: 0.1, blur: 0.5, threshold: 0.68, opacity: 0.6, isMud: true),
  ]

  /// - Parameter normals: Standard normal numbers, [height, width].
  package static func spattered(
    _ image: [UInt8], _ shape: ImageShape, _ drops: Drops, normals: [Double]
  ) -> [UInt8] {
    let plane = ImageShape(height: shape.height, width: shape.width, channels: 1)
    let liquid = gaussianBlurred(
      normals.map { drops.mean + drops.deviation * $0 }, plane, deviation: drops.blur
    ).map { $0 < drops.threshold ? 0 : $0 }
    let channels = shape.channels
    if drops.isMud {
      let mud = gaussianBlurred(
        liquid.map { $0 > drops.threshold ? 1 : 0 }, plane, deviation: drops.opacity
      ).map { $0 < 0.8 ? 0 : $0 }
      let color = Self.color(63, 42, 20, channels)
      return image.indices.map { index in
        let (pixel, channel) = index.quotientAndRemainder(dividingBy: channels)
        let share = mud[pixel]
        return byte(below: Double(image[index]) * (1 - share) + color[channel] * share)
      }
    }
    // More than 1 begins again at 0, as where the bytes come from.
    let wrapped = liquid.map { UInt8(truncatingIfNeeded: Int($0 * 255)) }
    let water = LiquidRelief(wrapped, plane).shares
    guard let most = water.max(), most > 0 else { return image }
    let color = Self.color(175, 238, 238, channels)
    return image.indices.map { index in
      let (pixel, channel) = index.quotientAndRemainder(dividingBy: channels)
      let share = water[pixel] / most * drops.opacity
      return byte(below: Double(image[index]) + color[channel] * share)
    }
  }

  /// Red, green, blue; where there are not three channels their mean for each.
  private static func color(
    _ red: Double, _ green: Double, _ blue: Double, _ channels: Int
  ) -> [Double] {
    channels == 3
      ? [red, green, blue] : Array(repeating: (red + green + blue) / 3, count: channels)
  }
}
