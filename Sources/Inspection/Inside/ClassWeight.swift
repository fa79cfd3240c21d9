public import Learning
import Tensors

/// How much an output layer makes of a class before it has seen an image: the length of the row of
/// weights that its score comes from, and its bias.
public struct ClassWeight: Hashable, Sendable {
  /// Among the layer's outputs.
  public let output: Int
  /// ‖w‖
  public let norm: Double
  /// nil of a cosine head.
  public let bias: Double?

  /// One for each output.
  public static func all(of layer: OutputLayer) -> [ClassWeight] {
    let (outputs, features) = (layer.weights.shape[0], layer.weights.shape[1])
    return (0..<outputs).map { output in
      var square = 0.0
      for weight in layer.weights.elements[output * features..<(output + 1) * features] {
        square += Double(weight) * Double(weight)
      }
      return ClassWeight(
        output: output, norm: square.squareRoot(), bias: layer.bias.map { Double($0[output]) })
    }
  }
}
