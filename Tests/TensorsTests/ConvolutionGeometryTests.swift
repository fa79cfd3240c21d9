import Tensors
import Testing

struct ConvolutionGeometryTests {
  /// Every output value is a sum of kernel · kernel · channels products.
  @Test(arguments: [(1, 5, 7), (0, 3, 5)])
  func workIsCountedByOutputValues(padding: Int, height: Int, width: Int) {
    let geometry = ConvolutionGeometry(
      height: 5, width: 7, channels: 3, outputs: 4, kernel: 3, padding: padding)
    #expect(geometry.outputHeight == height && geometry.outputWidth == width)
    #expect(geometry.multiplyAdds == height * width * 4 * (3 * 3 * 3))
  }
}
