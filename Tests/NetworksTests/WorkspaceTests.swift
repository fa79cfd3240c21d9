import Foundation
import Networks
import Randomness
import Tensors
import Testing

/// Memory that one pass leaves to the next changes nothing, and every image has its own.
struct WorkspaceTests {
  private static let layers: [Layer] = [
    .convolution(name: "conv1", outputs: 4, kernel: 3, padding: 1),
    .batchNormalization(name: "bn1"), .activation(.relu),
    .convolution(name: "conv2", outputs: 3, kernel: 3, padding: 1), .activation(.relu), .maxPool,
    .flatten,
  ]

  private func network(_ layers: [Layer] = layers, head: Head.Kind = .linear) throws -> Network {
    Network(
      try Architecture(
        name: "net", input: .image(height: 6, width: 6, channels: 2), layers: layers,
        heads: [Head(name: "fc", outputs: 3, kind: head)]),
      initialization: .pytorch, random: RandomStream(seed: 1))
  }

  private func images(_ count: Int, seed: UInt64 = 2) -> Tensor {
    var random = RandomStream(seed: seed)
    return Tensor(
      [count, 6, 6, 2], (0..<count * 72).map { _ in random.uniform(in: -1..<1) })
  }

  private func gradient(_ network: Network, _ images: Tensor, _ device: Device) -> Block {
    var gradient = Block(zeros: network.weights.count)
    _ = network.evaluationPass(images, on: device, into: &gradient) { outputs in
      OutputLoss(outputs.logits.map { crossEntropy($0, labels: (0..<$0.shape[0]).map { $0 % 3 }) })
    }
    return gradient
  }

  /// Evaluation, training and the values of all layers need memory of three kinds.
  @Test func passesOfAllKindsFollowOneAnother() throws {
    let (network, images) = (try network(), images(11))
    func fresh() -> Device { Device(threads: 2) }
    let logits = network.logits(images, on: fresh())[0]
    let slope = gradient(network, images, fresh())
    let values = network.features(images, at: [2, 5], side: 2, on: fresh())
    let device = fresh()
    for _ in 0..<2 {
      #expect(network.logits(images, on: device)[0] == logits)
      #expect(network.features(images, at: [2, 5], side: 2, on: device) == values)
      #expect(gradient(network, images, device) == slope)
      #expect(network.logits(self.images(3), on: device)[0].shape == [3, 3])
      #expect(gradient(network, images, device) == slope)
    }
  }

  /// Weights are packed once; running statistics that change are not forgotten.
  @Test func otherStatisticsGiveOtherLogits() throws {
    var network = try network()
    let device = Device(threads: 1)
    let before = network.logits(images(2), on: device)[0]
    for index in network.statistics.elements.indices { network.statistics.elements[index] += 1 }
    let after = network.logits(images(2), on: device)[0]
    #expect(after != before)
    #expect(after == network.logits(images(2), on: Device(threads: 1))[0])
  }

  /// Values of a layer in front of a convolution lie inside its border of zeros.
  @Test func meansOfALayerLeaveItsBorderOut() throws {
    let network = try network([
      .activation(.relu), .convolution(name: "conv1", outputs: 4, kernel: 3, padding: 1), .flatten,
    ])
    let images = images(20)
    let found = network.features(images, at: [0], side: 1, on: Device(threads: 2))
    for image in 0..<20 {
      for channel in 0..<2 {
        let sum = (0..<36).reduce(Float(0)) {
          $0 + max(0, images.elements[image * 72 + $1 * 2 + channel])
        }
        #expect(abs(found.elements[image * 2 + channel] - sum / 36) < 1e-6)
      }
    }
  }

  /// A cosine head's gradients are added to what is there, like all others.
  @Test func gradientOfACosineHeadIsAdded() throws {
    let network = try network(head: .cosine)
    let device = Device(threads: 1)
    let once = gradient(network, images(4), device)
    var more = Block([Float](repeating: 1, count: network.weights.count))
    _ = network.evaluationPass(images(4), on: device, into: &more) { outputs in
      OutputLoss(outputs.logits.map { crossEntropy($0, labels: (0..<4).map { $0 % 3 }) })
    }
    for (one, two) in zip(once.elements, more.elements) { #expect(abs(one + 1 - two) < 1e-5) }
  }

  /// What is dropped in an image is dropped in its gradient: dL/db of a convolution's channel is the
  /// sum of the gradients at its values that were kept, each twice as large.
  @Test func droppedPixelsHaveNoGradient() throws {
    var network = try network([
      .convolution(name: "conv1", outputs: 3, kernel: 3, padding: 1), .dropout(rate: 0.5), .flatten,
    ])
    let (count, width) = (11, 3 * 36)
    var features: [Float] = []
    var random = RandomStream(seed: 7)
    let slope = (0..<count * width).map { _ in random.uniform(in: -1..<1) }
    var gradient = Block(zeros: network.weights.count)
    _ = network.trainingPass(
      images(count), on: Device(threads: 2), random: RandomStream(seed: 4), into: &gradient
    ) { outputs in
      features = outputs.features.elements
      return OutputLoss(
        [0 * crossEntropy(outputs.logits[0], labels: [Int](repeating: 0, count: count))],
        features: Loss(value: 0, gradient: Tensor([count, width], slope)))
    }
    let bias = network.architecture.parameters[1].range
    for channel in 0..<3 {
      var sum = 0.0
      for image in 0..<count {
        for pixel in 0..<36 {
          let place = image * width + channel * 36 + pixel
          if features[place] != 0 { sum += 2 * Double(slope[place]) }
        }
      }
      #expect(abs(Double(gradient.elements[bias.lowerBound + channel]) - sum) < 1e-4)
    }
    // The rows of an image have masks of their own.
    let rows = (0..<6).map { row in
      (0..<3).flatMap { channel in
        (0..<6).map { features[channel * 36 + row * 6 + $0] != 0 }
      }
    }
    #expect(Set(rows).count == 6)
  }

  /// Every parameter draws from the stream of its number, a head's anew from 0 on.
  @Test func parametersDrawFromStreamsOfTheirNumbers() throws {
    var network = try network()
    func draws(_ stream: RandomStream, _ bound: Float, _ count: Int) -> [Float] {
      var stream = stream
      return (0..<count).map { _ in stream.uniform(in: -bound..<bound) }
    }
    let random = RandomStream(seed: 1)
    for (index, parameter) in network.architecture.parameters.enumerated()
    where parameter.role == .weight {
      let bound = 1 / Float(parameter.fanIn).squareRoot()
      #expect(
        Array(network.weights.elements[parameter.range])
          == draws(random.stream(index), bound, parameter.range.count))
    }
    let other = RandomStream(seed: 2)
    network.replaceHeads(outputs: 5, random: other)
    let (weight, bias) = (
      network.architecture.parameters[network.architecture.parameters.count - 2],
      network.architecture.parameters[network.architecture.parameters.count - 1]
    )
    let bound = 1 / Float(27).squareRoot()
    #expect(weight.shape == [5, 27])
    #expect(Array(network.weights.elements[weight.range]) == draws(other.stream(0), bound, 135))
    #expect(Array(network.weights.elements[bias.range]) == draws(other.stream(1), bound, 5))
  }

  @Test func encodedNetworkIsTheSame() throws {
    var network = try network()
    for index in network.statistics.elements.indices {
      network.statistics.elements[index] = Float(index) / 8
    }
    let back = try JSONDecoder().decode(Network.self, from: JSONEncoder().encode(network))
    #expect(back == network)
    #expect(back.statistics.count == 8)
    let plain = try self.network([.flatten])
    #expect(try JSONDecoder().decode(Network.self, from: JSONEncoder().encode(plain)) == plain)
  }
}
