import Inspection
import Learning
import Networks
import Randomness
import Tensors
import Testing

/// Networks held against each other, layer by layer.
struct DriftTests {
  private func network(
    outputs: Int = 2, kind: Head.Kind = .linear, hidden: Int = 3, seed: UInt64 = 1
  ) throws -> Network {
    Network(
      try Architecture(
        name: "small", input: .image(height: 4, width: 4, channels: 1),
        layers: [
          .convolution(name: "conv1", outputs: 2, kernel: 3, padding: 1),
          .batchNormalization(name: "bn1"), .activation(.relu), .flatten,
          .dense(name: "fc1", outputs: hidden),
        ], heads: [Head(name: "fc", outputs: outputs, kind: kind)]),
      initialization: .pytorch, random: RandomStream(seed: seed))
  }

  private func numbers(_ network: Network, _ prefix: String) -> [Range<Int>] {
    network.architecture.parameters.filter { $0.name.hasPrefix(prefix) }.map(\.range)
  }

  @Test func weightsAreComparedLayerByLayer() throws {
    let before = try network()
    var after = before
    // All numbers of fc1 doubled: they moved as far as they were long.
    for range in numbers(before, "fc1.") {
      for place in range { after.weights.elements[place] *= 2 }
    }
    for range in numbers(before, "bn1.") { after.weights.elements[range.lowerBound] += 1 }
    let drifts = try #require(WeightDrift.layers(from: before, to: after))
    #expect(drifts.map(\.layer) == ["conv1", "fc1", "fc"])
    #expect(isNear(try #require(drifts[1].distance), 1))
    #expect(drifts[2].distance == 0)
    // What normalizes a batch is part of the layer before.
    #expect(try #require(drifts[0].distance) > 0)
  }

  /// Of the head the outputs that both have, weights and biases.
  @Test(arguments: Head.Kind.allCases) func newOutputsAreNoDrift(kind: Head.Kind) throws {
    let before = try network(kind: kind)
    var after = before
    after.growHeads(to: 5, random: RandomStream(seed: 9))
    #expect(WeightDrift.layers(from: before, to: after)?.map(\.distance) == [0, 0, 0])
    #expect(WeightDrift.layers(from: after, to: before)?.map(\.distance) == [0, 0, 0])
    after.weights.elements[try #require(numbers(after, "fc.").first).lowerBound] += 1
    #expect(try #require(WeightDrift.layers(from: before, to: after)?[2].distance) > 0)
  }

  @Test func otherLayersCannotBeCompared() throws {
    #expect(WeightDrift.layers(from: try network(), to: try network(hidden: 4)) == nil)
    var drift = Drift()
    let networks = [try network(), try network(hidden: 4)]
    #expect(!drift.addWeights(of: networks) && drift.layers.isEmpty)
  }

  @Test func similaritiesAreSymmetricAndWeightsAreNot() throws {
    let networks = [try network(seed: 1), try network(seed: 2), try network(seed: 3)]
    var random = RandomStream(seed: 4)
    let images = Tensor([20, 4, 4, 1], (0..<320).map { _ in random.normal() })
    var drift = Drift()
    drift.add(
      "features", outputs: networks.map { $0.features(images, on: Device(threads: 1)) }, on: pool)
    drift.addWeights(of: networks)
    #expect(drift.layers.map(\.name) == ["features", "conv1", "fc1", "fc"])
    let features = drift.layers[0]
    #expect(features.distances.isEmpty && drift.layers[1].similarities.isEmpty)
    for row in 0..<3 {
      #expect(isNear(try #require(features.similarities[row][row]), 1))
      for column in 0..<3 {
        #expect(features.similarities[row][column] == features.similarities[column][row])
        #expect((drift.layers[1].distances[row][column] == 0) == (row == column))
      }
    }
    #expect(try #require(features.similarities[0][1]) < 0.999)
    #expect(drift.layers[1].distances[0][1] != drift.layers[1].distances[1][0])
  }

  /// 3² + 4² and 1 + 2² + 2².
  @Test func rowsHaveLengths() {
    let layer = OutputLayer(weights: Tensor([2, 3], [3, 0, 4, -1, 2, 2]), bias: [0.5, -1])
    #expect(
      ClassWeight.all(of: layer).map { [Double($0.output), $0.norm, $0.bias ?? .nan] }
        == [[0, 5, 0.5], [1, 3, -1]])
    let cosine = OutputLayer(weights: Tensor([1, 1], [-2]), bias: nil)
    #expect(ClassWeight.all(of: cosine).first?.bias == nil)
    #expect(ClassWeight.all(of: cosine).first?.norm == 2)
  }
}
