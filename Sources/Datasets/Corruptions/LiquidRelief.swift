/// How much light drops of water reflect: bright on one side of their edges, nothing far from them.
///
/// The steps are those of CIFAR-10-C's `spatter`, which calls OpenCV: edges by Canny, distance to the
/// nearest edge, mean, histogram equalization, a filter that lights from one side, mean. Each does what
/// OpenCV's function does, bytes for bytes.
struct LiquidRelief {
  /// [height, width], not yet divided by the largest.
  let shares: [Double]

  /// - Parameter liquid: Bytes [height, width].
  init(_ liquid: [UInt8], _ shape: ImageShape) {
    let plane = BytePlane(height: shape.height, width: shape.width, liquid)
    let distance = plane.edges(low: 50, high: 150).distances.map { min($0, 20) }
    let near = plane.mean(of: distance).map { UInt8($0) }
    var relief = BytePlane(height: shape.height, width: shape.width, near).equalized
    relief = relief.lit
    relief.bytes = relief.mean(of: relief.bytes.map(Double.init))
      .map { UInt8($0.rounded(.toNearestOrEven)) }
    shares = zip(liquid, relief.bytes).map { Double($0) * Double($1) }
  }
}
