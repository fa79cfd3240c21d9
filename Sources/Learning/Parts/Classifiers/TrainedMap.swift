import Networks
import Tensors

/// A linear map with the state of the optimizer that trains it.
struct TrainedMap: Codable, Hashable, Sendable {
  var map: LinearMap
  private var weights: Optimizer
  private var bias: Optimizer

  init(_ map: LinearMap = LinearMap(zeros: 0, inputs: 0), _ method: Optimizer.Method = .adam) {
    self.map = map
    weights = Optimizer(method, learningRate: 0, count: map.weights.count)
    bias = Optimizer(method, learningRate: 0, count: map.bias.count)
  }

  /// A fresh optimizer for the map as it is now.
  mutating func prepare(_ method: Optimizer.Method) { self = TrainedMap(map, method) }

  /// Takes a step.
  ///
  /// - Parameters:
  ///   - features: [N, inputs]
  ///   - gradient: Of the loss at the outputs, [N, outputs].
  /// - Returns: Σ g² over the map's own gradient g.
  mutating func update(
    _ features: Tensor, _ gradient: Tensor, rate: Float, on device: Device
  ) -> Double {
    let slope = map.gradient(features, gradient, on: device)
    weights.learningRate = rate
    bias.learningRate = rate
    weights.update(&map.weights, gradient: slope.weights, on: device)
    bias.update(&map.bias, gradient: slope.bias, on: device)
    return SquaredNorm.of(slope.weights, on: device.pool)
      + SquaredNorm.of(slope.bias, on: device.pool)
  }

  var isPlausible: Bool {
    map.weights.count == map.inputs * map.outputs
      && weights.fits(map.weights.count) && bias.fits(map.bias.count)
  }
}

extension Optimizer {
  /// Whether the moments are as many as the weights.
  func fits(_ count: Int) -> Bool {
    let other = Optimizer(method, learningRate: 0, count: 0)
    let whole = Optimizer(method, learningRate: 0, count: 1)
    return steps >= 0 && first.count == count
      && second.count == (whole.second.count > other.second.count ? count : 0)
  }
}
