import Datasets
import Foundation
import Networks
import Randomness
import Tensors

/// A small network and PyTorch's answers on it (`scripts/reference/saliency_pytorch.py`).
struct InsideNetwork: Decodable {
  struct Values: Decodable {
    var shape: [Int]
    var values: [Double]

    /// The largest deviation, as a share of the largest number.
    func deviation(from numbers: [Float]) -> Double {
      guard numbers.count == values.count else { return .infinity }
      let scale = values.reduce(0) { max($0, abs($1)) }
      return zip(numbers, values).reduce(0) { max($0, abs(Double($1.0) - $1.1)) } / scale
    }

    /// [N, channels, height, width] as [N, height, width, channels].
    var channelsLast: Values {
      let pixels = shape[2] * shape[3]
      var result = self
      for index in values.indices {
        let (image, rest) = index.quotientAndRemainder(dividingBy: pixels * shape[1])
        let (pixel, channel) = rest.quotientAndRemainder(dividingBy: shape[1])
        result.values[index] = values[(image * shape[1] + channel) * pixels + pixel]
      }
      result.shape = [shape[0], shape[2], shape[3], shape[1]]
      return result
    }
  }

  /// By PyTorch's names, running statistics too.
  var weights: [String: Values]
  var outputs: [Int]
  /// Bytes, [N, height, width, channels].
  var images: Values
  var logits: Values
  /// [N, channels, height, width], as are the activations.
  var gradient: Values
  /// [N, height, width], as are the maps.
  var saliency: Values
  var activations: [String: Values]
  var gradCAM: [String: Values]
  /// Of a square of 5×5, every 3 pixels.
  var occlusion: Values

  static func read() throws -> InsideNetwork {
    let file = Bundle.module.bundleURL.appending(path: "Golden/inside.json")
    return try JSONDecoder().decode(InsideNetwork.self, from: Data(contentsOf: file))
  }

  func network() throws -> Network {
    func conv(_ number: Int, _ outputs: Int) -> Layer {
      .convolution(name: "conv\(number)", outputs: outputs, kernel: 3, padding: 1)
    }
    let leaky = Layer.activation(.leakyRelu(slope: 0.1))
    let architecture = try Architecture(
      name: "Inside", input: .image(height: 16, width: 16, channels: 3),
      layers: [
        conv(1, 6), .batchNormalization(name: "bn1"), .activation(.relu), .maxPool,
        .residual([conv(2, 6), .batchNormalization(name: "bn2")]), leaky, conv(3, 8), leaky,
        .maxPool, .flatten, .dense(name: "fc1", outputs: 10), .activation(.relu),
      ], heads: [Head(name: "fc", outputs: 3)])
    var network = Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 0))
    for parameter in architecture.parameters {
      network.weights.elements.replaceSubrange(
        parameter.range, with: weights[parameter.name]?.values.map { Float($0) } ?? [])
    }
    for parameter in architecture.statistics {
      network.statistics.elements.replaceSubrange(
        parameter.range, with: weights[parameter.name]?.values.map { Float($0) } ?? [])
    }
    return network
  }

  /// As the network reads them.
  var input: Tensor { Tensor(images.shape, images.values.map { Float($0) / 255 }) }

  /// A data set of which the images are the test split.
  var data: DataSet {
    let shape = ImageShape(height: 16, width: 16, channels: 3)
    let set = ImageSet(
      shape: shape, pixels: images.values.map { UInt8($0) }, labels: [2, 0, 1])
    return DataSet(
      source: .synthetic(SyntheticSigns()), classNames: ["a", "b", "c"], train: set, test: set)
  }
}
