import Networks
import Tensors

/// A network in plain loops and double precision, to hold the engine against.
struct PlainNetwork {
  private enum Values {
    case image([Double], height: Int, width: Int, channels: Int)
    case vector([Double])

    var numbers: [Double] {
      switch self {
      case .image(let numbers, _, _, _), .vector(let numbers): numbers
      }
    }

    func map(_ change: (Double) -> Double) -> Values {
      switch self {
      case .image(let x, let h, let w, let c):
        .image(x.map(change), height: h, width: w, channels: c)
      case .vector(let x): .vector(x.map(change))
      }
    }
  }

  let architecture: Architecture
  var weights: [Double]

  init(_ network: Network) {
    architecture = network.architecture
    weights = network.weights.elements.map(Double.init)
  }

  /// The logits of every head for one image [height, width, channels].
  func logits(_ image: [Float]) -> [[Double]] {
    var values: Values
    switch architecture.input {
    case .image(let height, let width, let channels):
      values = .image(image.map(Double.init), height: height, width: width, channels: channels)
    case .vector: values = .vector(image.map(Double.init))
    }
    var parameters = architecture.parameters.map { weights[$0.range] }[...]
    func linear(_ x: [Double]) -> [Double] {
      let (weights, bias) = (Array(parameters.removeFirst()), Array(parameters.removeFirst()))
      return bias.indices.map { output in
        x.indices.reduce(bias[output]) { $0 + weights[output * x.count + $1] * x[$1] }
      }
    }
    for layer in architecture.layers {
      switch (layer, values) {
      case (.convolution(_, let outputs, let k, let padding), .image(let x, let h, let w, let c)):
        let (weights, bias) = (Array(parameters.removeFirst()), Array(parameters.removeFirst()))
        let (height, width) = (h + 2 * padding - k + 1, w + 2 * padding - k + 1)
        var y: [Double] = []
        for i in 0..<height {
          for j in 0..<width {
            for output in 0..<outputs {
              var sum = bias[output]
              for a in 0..<k where (0..<h).contains(i + a - padding) {
                for b in 0..<k where (0..<w).contains(j + b - padding) {
                  for channel in 0..<c {
                    sum +=
                      x[((i + a - padding) * w + j + b - padding) * c + channel]
                      * weights[((output * c + channel) * k + a) * k + b]
                  }
                }
              }
              y.append(sum)
            }
          }
        }
        values = .image(y, height: height, width: width, channels: outputs)
      case (.activation(let activation), _):
        let slope: Double =
          switch activation {
          case .none: 1
          case .relu: 0
          case .leakyRelu(let slope): Double(slope)
          }
        values = values.map { $0 > 0 ? $0 : slope * $0 }
      case (.maxPool, .image(let x, let h, let w, let c)):
        var y: [Double] = []
        for i in 0..<h / 2 {
          for j in 0..<w / 2 {
            for channel in 0..<c {
              let four = (0..<4).map { x[((2 * i + $0 / 2) * w + 2 * j + $0 % 2) * c + channel] }
              y.append(four.max() ?? 0)
            }
          }
        }
        values = .image(y, height: h / 2, width: w / 2, channels: c)
      case (.flatten, .image(let x, let h, let w, let c)):
        values = .vector(
          (0..<c).flatMap { channel in (0..<h * w).map { x[$0 * c + channel] } })
      case (.normalize, .vector(let x)):
        let norm = max(x.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-12)
        values = .vector(x.map { $0 / norm })
      case (.dense, .vector(let x)): values = .vector(linear(x))
      default: break
      }
    }
    let features = values.numbers
    return architecture.heads.map { _ in linear(features) }
  }

  /// Mean cross-entropy of every head, added up.
  func loss(_ images: Tensor, labels: [Int]) -> Double {
    let size = images.count / labels.count
    var sum = 0.0
    for (index, label) in labels.enumerated() {
      for row in logits(Array(images.elements[index * size..<(index + 1) * size])) {
        let largest = row.max() ?? 0
        sum += largest + logarithm(row.reduce(0) { $0 + exponential($1 - largest) }) - row[label]
      }
    }
    return sum / Double(labels.count)
  }
}
