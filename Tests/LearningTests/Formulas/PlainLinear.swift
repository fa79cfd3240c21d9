import Foundation
import Networks
import Tensors
import Testing

/// z = W·x + b in double precision and plain loops: what the formula tests hold a run against, whose
/// network is one linear layer.
struct PlainLinear {
  let inputs: Int
  let outputs: Int
  /// W row by row, then b, as in the network's block.
  var weights: [Double]

  init(inputs: Int, outputs: Int, weights: [Double]) {
    precondition(weights.count == outputs * (inputs + 1))
    (self.inputs, self.outputs, self.weights) = (inputs, outputs, weights)
  }

  /// A head of a network without hidden layers.
  init(_ network: Network, head: Int = 0) {
    let outputs = network.architecture.outputs
    let inputs = network.architecture.input.count
    let size = outputs * (inputs + 1)
    self.init(
      inputs: inputs, outputs: outputs,
      weights: network.weights.elements[head * size..<(head + 1) * size].map(Double.init))
  }

  func callAsFunction(_ x: [Double]) -> [Double] {
    (0..<outputs).map { output in
      (0..<inputs).reduce(weights[outputs * inputs + output]) {
        $0 + weights[output * inputs + $1] * x[$1]
      }
    }
  }

  /// The gradient of a loss with respect to `weights`: Σ over the images of slope·x and slope·1.
  func gradient(_ images: [[Double]], _ slopes: [[Double]]) -> [Double] {
    var gradient = [Double](repeating: 0, count: weights.count)
    for (x, slope) in zip(images, slopes) {
      for output in 0..<outputs {
        for input in 0..<inputs { gradient[output * inputs + input] += slope[output] * x[input] }
        gradient[outputs * inputs + output] += slope[output]
      }
    }
    return gradient
  }

  func stepped(along gradient: [Double], rate: Double) -> PlainLinear {
    PlainLinear(
      inputs: inputs, outputs: outputs,
      weights: zip(weights, gradient).map { $0 - rate * $1 })
  }

  /// Numbers of the weights of a layer with fewer outputs, at their places in this one; 0 for what is
  /// new.
  func grown(_ numbers: [Double]) -> [Double] {
    let old = numbers.count / (inputs + 1)
    var result = [Double](repeating: 0, count: weights.count)
    for output in 0..<old {
      for input in 0..<inputs { result[output * inputs + input] = numbers[output * inputs + input] }
      result[outputs * inputs + output] = numbers[old * inputs + output]
    }
    return result
  }
}

/// A loss over some images: its value, and its slopes at the logits of each.
struct PlainLoss {
  var value = 0.0
  /// [image][output]
  var slopes: [[Double]]

  static func + (a: PlainLoss, b: PlainLoss) -> PlainLoss {
    PlainLoss(
      value: a.value + b.value,
      slopes: zip(a.slopes, b.slopes).map { zip($0, $1).map { $0 + $1 } })
  }

  static func * (factor: Double, loss: PlainLoss) -> PlainLoss {
    PlainLoss(
      value: factor * loss.value, slopes: loss.slopes.map { $0.map { factor * $0 } })
  }
}

func plainSoftmax(_ z: [Double]) -> [Double] {
  let total = z.reduce(0) { $0 + exp($1) }
  return z.map { exp($0) / total }
}

/// Mean over the images of −Σ_k t_k·log p_k, where p is the softmax over the rivals of the image's
/// label and t is 1 − ε for the label and ε / rivals for each rival (Szegedy et al. 2016).
func plainCrossEntropy(
  _ logits: [[Double]], _ labels: [Int], smoothing: Double = 0,
  among rivals: (_ label: Int) -> [Int]
) -> PlainLoss {
  let count = Double(labels.count)
  var loss = PlainLoss(slopes: logits.map { $0.map { _ in 0 } })
  for (image, label) in labels.enumerated() {
    let rivals = rivals(label)
    let total = rivals.reduce(0) { $0 + exp(logits[image][$1]) }
    for output in rivals {
      let p = exp(logits[image][output]) / total
      let target = smoothing / Double(rivals.count) + (output == label ? 1 - smoothing : 0)
      loss.value -= target * log(p) / count
      loss.slopes[image][output] = (p - target) / count
    }
  }
  return loss
}

/// Σ over the outputs of −t·log σ(z) − (1 − t)·log(1 − σ(z)), mean over the images; t is 1 for the
/// image's class, and for an output that there is an answer for what a teacher said. Smoothing spreads a
/// share of the label over all outputs.
func plainBinaryCrossEntropy(
  _ logits: [[Double]], _ labels: [Int], _ answers: [[Double]], smoothing: Double = 0
) -> PlainLoss {
  func sigmoid(_ z: Double) -> Double { 1 / (1 + exp(-z)) }
  let count = Double(logits.count)
  var loss = PlainLoss(slopes: logits)
  for image in logits.indices {
    for output in logits[image].indices {
      let p = sigmoid(logits[image][output])
      let target =
        output < answers[image].count
        ? sigmoid(answers[image][output])
        : smoothing / Double(logits[image].count) + (output == labels[image] ? 1 - smoothing : 0)
      loss.value -= (target * log(p) + (1 - target) * log(1 - p)) / count
      loss.slopes[image][output] = (p - target) / count
    }
  }
  return loss
}

/// Mean over the images of weight·Σ_k q_k·log(q_k / p_k), where q and p are the softmax of the
/// teacher's and the student's logits divided by T, over the given outputs (Hinton et al. 2015).
func plainDistillation(
  _ logits: [[Double]], teacher: [[Double]], temperature: Double, weight: Double,
  outputs: Range<Int>
) -> PlainLoss {
  let count = Double(logits.count)
  var loss = PlainLoss(slopes: logits.map { $0.map { _ in 0 } })
  for image in logits.indices {
    let p = plainSoftmax(outputs.map { logits[image][$0] / temperature })
    let q = plainSoftmax(outputs.map { teacher[image][$0] / temperature })
    for (place, output) in outputs.enumerated() {
      loss.value += weight * q[place] * log(q[place] / p[place]) / count
      loss.slopes[image][output] = weight * (p[place] - q[place]) / temperature / count
    }
  }
  return loss
}

/// The first number that is off by more than `tolerance` of the largest, in a sentence, or nil.
func deviation(
  _ found: [Double], from expected: [Double], tolerance: Double = 1e-5
) -> String? {
  guard found.count == expected.count else {
    return "there are \(found.count) numbers instead of \(expected.count)"
  }
  let allowed = tolerance * max(1e-3, expected.reduce(0) { max($0, abs($1)) })
  for (index, (a, b)) in zip(found, expected).enumerated() where !(abs(a - b) <= allowed) {
    return "number \(index) of \(found.count) is \(a) instead of \(b)"
  }
  return nil
}

func expectNear(
  _ found: [Double], _ expected: [Double], tolerance: Double = 1e-5, _ what: String,
  at place: SourceLocation = #_sourceLocation
) {
  if let text = deviation(found, from: expected, tolerance: tolerance) {
    Issue.record("\(what): \(text)", sourceLocation: place)
  }
}
