package import Tensors

/// Convolution in plain loops, for the tests to hold the fast kernels against.
///
/// Images are [height, width, channels] without a border, weights [outputs, channels, kernel,
/// kernel].
package enum ReferenceConvolution {
  /// y[i, j, k] = b[k] + Σ x[i+a−p, j+b−p, c] · w[k, c, a, b]
  package static func forward(
    _ geometry: ConvolutionGeometry, _ x: [Float], weights: [Float], bias: [Float]
  ) -> [Float] {
    var y = [Float](repeating: 0, count: outputCount(geometry))
    forEachOutput(geometry) { output, index in y[index] = bias[output] }
    forEachProduct(geometry) { input, weight, output in y[output] += x[input] * weights[weight] }
    return y
  }

  package static func backward(
    _ geometry: ConvolutionGeometry, _ x: [Float], weights: [Float], _ dy: [Float]
  ) -> (dx: [Float], dw: [Float], db: [Float]) {
    var dx = [Float](repeating: 0, count: x.count)
    var dw = [Float](repeating: 0, count: weights.count)
    var db = [Float](repeating: 0, count: geometry.outputs)
    forEachOutput(geometry) { output, index in db[output] += dy[index] }
    forEachProduct(geometry) { input, weight, output in
      dx[input] += weights[weight] * dy[output]
      dw[weight] += x[input] * dy[output]
    }
    return (dx, dw, db)
  }

  package static func outputCount(_ geometry: ConvolutionGeometry) -> Int {
    geometry.outputHeight * geometry.outputWidth * geometry.outputs
  }

  private static func forEachOutput(
    _ geometry: ConvolutionGeometry, _ body: (_ output: Int, _ index: Int) -> Void
  ) {
    for pixel in 0..<geometry.outputHeight * geometry.outputWidth {
      for output in 0..<geometry.outputs { body(output, pixel * geometry.outputs + output) }
    }
  }

  /// All (input, weight, output) triples that meet, kernel row, kernel column, channel innermost.
  private static func forEachProduct(
    _ geometry: ConvolutionGeometry, _ body: (_ input: Int, _ weight: Int, _ output: Int) -> Void
  ) {
    let g = geometry
    for i in 0..<g.outputHeight {
      for j in 0..<g.outputWidth {
        for output in 0..<g.outputs {
          for a in 0..<g.kernel where (0..<g.height).contains(i + a - g.padding) {
            for b in 0..<g.kernel where (0..<g.width).contains(j + b - g.padding) {
              for channel in 0..<g.channels {
                body(
                  ((i + a - g.padding) * g.width + j + b - g.padding) * g.channels + channel,
                  ((output * g.channels + channel) * g.kernel + a) * g.kernel + b,
                  (i * g.outputWidth + j) * g.outputs + output)
              }
            }
          }
        }
      }
    }
  }
}
