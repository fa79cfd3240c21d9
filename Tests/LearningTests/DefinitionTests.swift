import Datasets
import Foundation
import Learning
import Networks
import Randomness
import Tensors
import Testing

/// Each strategy's own computation against its definition, written down the slow way.
struct DefinitionTests {
  static let device = Device(threads: 2)

  private func images(_ count: Int) throws -> Tensor {
    let data = try SmallSigns.data()
    return data.batch(Array(0..<count), of: .train, random: RandomStream(seed: 0)).images
  }

  private func image(_ index: Int, of images: Tensor) -> Tensor {
    let size = images.count / images.shape[0]
    return Tensor(
      [1] + images.shape.dropFirst(),
      Array(images.elements[index * size..<(index + 1) * size]))
  }

  private func logProbabilities(_ network: Network, _ image: Tensor) -> [Double] {
    let z = network.logits(image, on: Self.device)[0].elements.map(Double.init)
    let total = log(z.reduce(0) { $0 + exp($1) })
    return z.map { $0 - total }
  }

  /// A network without corners: differences across a corner of ReLU are no derivatives.
  private func smoothNetwork() throws -> Network {
    let architecture = try Architecture(
      name: "smooth", input: .image(height: 16, width: 16, channels: 3),
      layers: [
        .convolution(name: "conv1", outputs: 3, kernel: 3, padding: 1), .flatten,
        .dense(name: "fc1", outputs: 6),
      ], heads: [Head(name: "fc", outputs: 4)])
    return Network(architecture, initialization: .xavier, random: RandomStream(seed: 5))
  }

  /// F_j = Σ_x Σ_c p_c·(∂log p_c/∂θ_j)², the derivatives by central differences.
  @Test func fisherIsThatOfFiniteDifferences() throws {
    let network = try smoothNetwork()
    let images = try images(3)
    let fisher = network.fisherSum(images, on: Self.device)
    var random = RandomStream(seed: 8)
    var largest = 0.0
    for _ in 0..<40 {
      let j = random.index(below: network.weights.count)
      var (up, down) = (network, network)
      let step: Float = 1e-2
      up.weights.elements[j] += step
      down.weights.elements[j] -= step
      let width = Double(up.weights.elements[j]) - Double(down.weights.elements[j])
      var expected = 0.0
      for index in 0..<images.shape[0] {
        let image = image(index, of: images)
        let p = logProbabilities(network, image).map { exp($0) }
        let slopes = zip(logProbabilities(up, image), logProbabilities(down, image)).map {
          ($0 - $1) / width
        }
        expected += zip(p, slopes).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
      }
      largest = max(largest, expected)
      #expect(abs(Double(fisher.elements[j]) - expected) <= 2e-2 * expected + 1e-5, "weight \(j)")
    }
    #expect(largest > 1e-3)
  }

  /// What programs often do instead, the square of a batch's gradient, is something else.
  @Test func fisherIsNotTheSquareOfABatch() throws {
    let network = try smoothNetwork()
    let two = try images(2)
    let both = network.fisherSum(two, on: Self.device)
    let apart = (0..<2).map { network.fisherSum(image($0, of: two), on: Self.device) }
    for i in both.elements.indices {
      let sum = apart[0].elements[i] + apart[1].elements[i]
      #expect(abs(both.elements[i] - sum) <= 1e-5 * sum)
    }
  }

  /// Ω_j = Σ_x |∂‖z(x)‖²/∂θ_j|.
  @Test func sensitivityIsThatOfFiniteDifferences() throws {
    let network = try smoothNetwork()
    let images = try images(3)
    let sensitivity = network.outputSensitivitySum(images, on: Self.device)
    func length(_ network: Network, _ image: Tensor) -> Double {
      network.logits(image, on: Self.device)[0].elements.reduce(0) {
        $0 + Double($1) * Double($1)
      }
    }
    var random = RandomStream(seed: 9)
    for _ in 0..<40 {
      let j = random.index(below: network.weights.count)
      var (up, down) = (network, network)
      up.weights.elements[j] += 1e-2
      down.weights.elements[j] -= 1e-2
      let width = Double(up.weights.elements[j]) - Double(down.weights.elements[j])
      let expected = (0..<3).reduce(0.0) { sum, index in
        let image = image(index, of: images)
        return sum + abs(length(up, image) - length(down, image)) / width
      }
      #expect(
        abs(Double(sensitivity.elements[j]) - expected) <= 1e-2 * expected + 1e-4, "weight \(j)")
    }
  }

  /// The greedy choice, tried out row by row.
  @Test(arguments: [(8, 3, 8), (20, 5, 7), (13, 2, 20), (1, 4, 1), (6, 3, 0)])
  func herdingIsTheGreedyChoice(rows: Int, width: Int, count: Int) {
    var random = RandomStream(seed: UInt64(rows * 100 + width))
    let features = Tensor([rows, width], (0..<rows * width).map { _ in random.normal() })
    func row(_ index: Int) -> [Double] {
      features.elements[index * width..<(index + 1) * width].map(Double.init)
    }
    let mean = (0..<width).map { i in (0..<rows).reduce(0) { $0 + row($1)[i] } / Double(rows) }
    var chosen: [Int] = []
    while chosen.count < min(count, rows) {
      let distances = (0..<rows).map { candidate -> Double in
        if chosen.contains(candidate) { return .infinity }
        let members = chosen + [candidate]
        return (0..<width).reduce(0) { sum, i in
          let average = members.reduce(0) { $0 + row($1)[i] } / Double(members.count)
          return sum + (mean[i] - average) * (mean[i] - average)
        }
      }
      chosen.append(distances.indices.min { distances[$0] < distances[$1] } ?? 0)
    }
    #expect(herding(features, count: count) == chosen)
  }

  /// Two directions, two rows of each: all are equally near, then those of the other direction.
  @Test func firstOfEqualRowsIsChosen() {
    let features = Tensor([4, 2], [1, 0, 0, 1, 1, 0, 0, 1])
    #expect(herding(features, count: 4) == [0, 1, 2, 3])
  }

  /// g − (gᵀr/rᵀr)·r where gᵀr < 0, g itself elsewhere; then gᵀr ≥ 0.
  @Test func projectionIsTheDefinition() {
    var random = RandomStream(seed: 21)
    var changed = 0
    for _ in 0..<200 {
      let g = (0..<7).map { _ in random.normal() }
      let r = (0..<7).map { _ in random.normal() }
      let product = zip(g, r).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      let square = r.reduce(0.0) { $0 + Double($1) * Double($1) }
      var block = Block(g)
      block.project(awayFrom: Block(r))
      for i in g.indices {
        let expected =
          product < 0 ? Double(g[i]) - product / square * Double(r[i]) : Double(g[i])
        #expect(abs(Double(block.elements[i]) - expected) < 1e-6)
      }
      let after = zip(block.elements, r).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      #expect(after > -1e-5)
      if product < 0 { changed += 1 } else { #expect(block.elements == g) }
    }
    #expect(changed > 50)
  }

  @Test func projectionAwayFromNothingChangesNothing() {
    var block = Block([1, -2])
    block.project(awayFrom: Block([0, 0]))
    #expect(block.elements == [1, -2])
  }

  /// γ = mean‖w_old‖ / mean‖w_new‖ on the new rows alone.
  @Test func alignedRowsHaveTheNormOfTheOld() throws {
    var network = try smoothNetwork()
    let before = network
    network.alignHead(old: 3)
    let weight = try #require(
      network.architecture.parameters.first { $0.name == "fc.weight" })
    func norms(_ network: Network) -> [Float] {
      (0..<4).map { row in
        let start = weight.range.lowerBound + row * 6
        return network.weights.elements[start..<start + 6].reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
    }
    let (old, new) = (norms(before), norms(network))
    #expect(Array(old[..<3]) == Array(new[..<3]))
    #expect(abs(new[3] - (old[0] + old[1] + old[2]) / 3) < 1e-5)
    var rest = network.weights.elements
    rest.replaceSubrange(weight.range, with: before.weights.elements[weight.range])
    #expect(rest == before.weights.elements)
  }

  /// Rows of zeros have no norm that could be changed.
  @Test func rowsOfZerosAreNotAligned() throws {
    var network = try smoothNetwork()
    let weight = try #require(
      network.architecture.parameters.first { $0.name == "fc.weight" })
    for i in weight.range.suffix(6) { network.weights.elements[i] = 0 }
    let before = network
    network.alignHead(old: 3)
    #expect(network == before)
  }

  /// Algorithm R (Vitter 1985): the first images fill the memory; image n, counted from 0, takes a
  /// place drawn from 0 … n, if the memory has it.
  @Test(arguments: [1, 2, 5, 19, 20, 30]) func reservoirIsTheAlgorithm(capacity: Int) {
    var random = RandomStream(seed: 40)
    var same = random
    var reservoir = Reservoir(capacity: capacity)
    for image in 0..<20 {
      let choice = reservoir.next(count: min(image, capacity), random: &random)
      if image < capacity {
        #expect(choice == .append)
        continue
      }
      let place = same.index(below: image + 1)
      #expect(choice == (place < capacity ? .replace(place) : .pass), "image \(image)")
    }
  }

  /// So each of n images is kept with probability capacity / n: 8,000 streams of 12, of which 4 are
  /// kept. χ² over the images is below 32, which chance alone goes beyond once in a thousand; an image
  /// that is kept by a tenth too often adds 27 to it.
  @Test func reservoirKeepsAllWithTheSameProbability() {
    let (capacity, images, streams) = (4, 12, 8000)
    var kept = [Int](repeating: 0, count: images)
    for seed in 0..<streams {
      var random = RandomStream(seed: UInt64(seed))
      var reservoir = Reservoir(capacity: capacity)
      var slots: [Int] = []
      for image in 0..<images {
        switch reservoir.next(count: slots.count, random: &random) {
        case .append: slots.append(image)
        case .replace(let place): slots[place] = image
        case .pass: break
        }
      }
      for image in slots { kept[image] += 1 }
    }
    #expect(kept.reduce(0, +) == capacity * streams)
    let expected = Double(capacity * streams) / Double(images)
    let square = kept.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) }
    #expect(square / expected < 32)
  }
}
