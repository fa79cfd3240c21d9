/// Which colour stands for which value of a map.
///
/// All are even in lightness and can be told apart with any form of colour blindness.
public enum ColourScale: Hashable, Sendable {
  /// From dark to light: matplotlib's viridis (van der Walt and Smith 2015).
  case level
  /// From black over red to pale yellow: matplotlib's inferno; what lies near nothing is black.
  case glow
  /// From blue over white to red: ColorBrewer's RdBu; white stands for 0.
  case signed

  private var stops: [Colour] {
    switch self {
    case .level:
      [
        Colour(68, 1, 84), Colour(70, 50, 127), Colour(54, 92, 141), Colour(39, 127, 142),
        Colour(31, 161, 135), Colour(74, 194, 109), Colour(159, 218, 58), Colour(253, 231, 37),
      ]
    case .glow:
      [
        Colour(0, 0, 4), Colour(40, 11, 84), Colour(101, 21, 110), Colour(159, 42, 99),
        Colour(212, 72, 66), Colour(245, 125, 21), Colour(250, 193, 39), Colour(252, 255, 164),
      ]
    case .signed:
      [
        Colour(33, 102, 172), Colour(67, 147, 195), Colour(146, 197, 222), Colour(247, 247, 247),
        Colour(244, 165, 130), Colour(214, 96, 77), Colour(178, 24, 43),
      ]
    }
  }

  /// - Parameter share: 0 … 1; values beyond have the colours of the ends.
  func colour(at share: Double) -> Colour {
    let stops = stops
    let position = min(1, max(0, share)) * Double(stops.count - 1)
    let below = min(Int(position), stops.count - 2)
    return stops[below].mixed(with: stops[below + 1], share: position - Double(below))
  }
}

extension ImageGrid.Tile {
  /// A map in colours.
  ///
  /// - Parameters:
  ///   - values: [height, width]
  ///   - range: What the ends of the scale stand for.
  public init(
    width: Int, height: Int, values: [Float], range: ClosedRange<Float>, _ scale: ColourScale,
    caption: String? = nil
  ) {
    let length = range.upperBound - range.lowerBound
    self.init(
      width: width, height: height,
      rgb: values.flatMap { value in
        let share = length > 0 ? Double((value - range.lowerBound) / length) : 0
        let colour = scale.colour(at: share)
        return [colour.red, colour.green, colour.blue]
      }, caption: caption)
  }

  /// All colours of a scale from left to right.
  public init(_ scale: ColourScale, width: Int, height: Int, caption: String? = nil) {
    let row = (0..<width).map { Float($0) / Float(max(1, width - 1)) }
    self.init(
      width: width, height: height, values: (0..<height).flatMap { _ in row }, range: 0...1, scale,
      caption: caption)
  }

  /// The image in grey with a map of the same size laid over it: the further a value is from nothing,
  /// the more its colour covers.
  ///
  /// - Parameters:
  ///   - values: [height, width]
  ///   - range: As of the map alone.
  public func overlaid(
    with values: [Float], range: ClosedRange<Float>, _ scale: ColourScale, caption: String? = nil
  ) -> ImageGrid.Tile {
    let length = max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
    return ImageGrid.Tile(
      width: width, height: height,
      rgb: values.indices.flatMap { pixel -> [UInt8] in
        let own = Colour(rgb[3 * pixel], rgb[3 * pixel + 1], rgb[3 * pixel + 2])
        let level = UInt8((own.luma * 255).rounded())
        let share = Double((values[pixel] - range.lowerBound) / length)
        let weight = min(1, max(0, scale == .signed ? abs(2 * share - 1) : share))
        let colour = Colour(level, level, level)
          .mixed(with: scale.colour(at: share), share: 0.8 * weight.squareRoot())
        return [colour.red, colour.green, colour.blue]
      }, caption: caption)
  }

  /// Every pixel repeated, so that the shorter side has as many pixels as asked for at least.
  public func enlarged(to side: Int) -> ImageGrid.Tile {
    let factor = max(1, (side + min(width, height) - 1) / min(width, height))
    return ImageGrid.Tile(
      width: factor * width, height: factor * height,
      rgb: resized(width: factor * width, height: factor * height), caption: caption)
  }
}
