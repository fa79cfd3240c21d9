import Foundation

/// One network's golden file: how its weights and batch are made, and what PyTorch computes from
/// them in float64.
struct GoldenNetwork: Decodable, Sendable {
  /// A tensor made by `GoldenFormula`; `first` are its first elements, as PyTorch had them.
  struct Made: Decodable, Sendable {
    var name: String?
    var shape: [Int]
    var offset: UInt64
    /// Without one the numbers lie in [0, 1).
    var bound: Float?
    /// Added to every number.
    var center: Float?
    var first: [Float]

    /// In PyTorch's row-major order.
    var numbers: [Float] {
      let count = shape.reduce(1, *)
      guard let bound else { return (0..<count).map { GoldenFormula.unit(offset, $0) } }
      return (0..<count).map { (center ?? 0) + GoldenFormula.signed(offset, $0, bound: bound) }
    }
  }

  struct Labels: Decodable, Sendable {
    var offset: UInt64
    var values: [Int]
  }

  /// Distillation and auxiliary loss are there for DER_CNN only.
  struct Losses: Decodable, Sendable {
    var total: Double
    var classification: Double
    var auxiliary: Double?
    var distillation: Double?
  }

  struct Adam: Decodable, Sendable {
    var learningRate: Float
    var beta1: Float
    var beta2: Float
    var epsilon: Float
  }

  /// By the one-cycle schedule.
  struct AdamW: Decodable, Sendable {
    var learningRate: Float
    var weightDecay: Float
    /// Of the labels.
    var smoothing: Float
    /// Steps of the whole cycle.
    var cycle: Int
  }

  /// The learning rate is multiplied by `factor` after every `stepSize` steps.
  struct SGD: Decodable, Sendable {
    var learningRate: Float
    var momentum: Float
    var weightDecay: Float
    var stepSize: Int
    var factor: Float
  }

  var network: String
  var outputs: Int
  /// How many times the usual tolerance rounding may need.
  var slack: Double
  /// [n, channel, y, x].
  var images: Made
  var labels: Labels
  /// The parameters by the notebook's names, in the order of its modules.
  var tensors: [Made]
  /// The logits of the old network that DER_CNN is taught by, [n, old classes].
  var teacher: Made?
  var steps: Int
  var adam: Adam
  var sgd: SGD
  var adamW: AdamW
  var logits: GoldenValues
  var auxiliaryLogits: GoldenValues?
  var losses: Losses
  /// By parameter name, as are the weights after training.
  var gradients: [String: GoldenTensor]
  /// Empty for networks with batch normalization, as is `afterAdamW`.
  var afterAdam: [String: GoldenTensor]
  var afterSGD: [String: GoldenTensor]
  var afterAdamW: [String: GoldenTensor]
  /// Running statistics after training with AdamW, or with SGD where there is none, and the logits by
  /// them.
  var statistics: [String: GoldenTensor]
  var evaluation: GoldenValues
}

/// Losses and L2 normalization by themselves.
struct GoldenLosses: Decodable, Sendable {
  struct CrossEntropy: Decodable, Sendable {
    var reason: String
    var logits: GoldenValues
    var labels: [Int]
    var loss: Double
    var gradient: GoldenValues
  }

  struct Distillation: Decodable, Sendable {
    var reason: String
    var temperature: Float
    var student: GoldenValues
    var teacher: GoldenValues
    var loss: Double
    /// With respect to the student's logits.
    var gradient: GoldenValues
  }

  struct Normalization: Decodable, Sendable {
    var reason: String
    var input: GoldenValues
    var output: GoldenValues
    var outputGradient: GoldenValues
    var inputGradient: GoldenValues
  }

  var crossEntropy: [CrossEntropy]
  var distillation: [Distillation]
  var normalisation: [Normalization]
}

/// The files of the resource folder `Golden`.
enum Golden {
  static let networkFiles = ["simplecnn", "simplecnn2", "dercnn", "signnet", "blocks"]
  /// Those whose gradients are far enough from zero for Adam.
  static let adaptiveFiles = ["simplecnn", "simplecnn2", "dercnn"]

  static func network(_ file: String) throws -> GoldenNetwork { try read(file) }
  static func losses() throws -> GoldenLosses { try read("losses") }

  private static func read<Value: Decodable>(_ file: String) throws -> Value {
    let folder = Bundle.module.bundleURL.appending(path: "Golden")
    let data = try Data(contentsOf: folder.appending(path: "\(file).json"))
    return try JSONDecoder().decode(Value.self, from: data)
  }
}
