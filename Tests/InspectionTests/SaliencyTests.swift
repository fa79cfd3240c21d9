import Datasets
import Inspection
import Learning
import Networks
import Randomness
import Tensors
import Testing

/// Where a score comes from, against PyTorch's autograd in float64.
struct SaliencyTests {
  private let golden: InsideNetwork
  private let network: Network
  private let device = Device(threads: 2)

  init() throws {
    golden = try .read()
    network = try golden.network()
  }

  private func layer(_ name: String) throws -> MapLayer {
    try #require(network.architecture.mapLayers.first { $0.name == name })
  }

  @Test func logitsAgree() {
    let logits = network.logits(golden.input, on: device)[0].elements
    #expect(golden.logits.deviation(from: logits) < 1e-5)
  }

  @Test func gradientsOfPixelsAgree() {
    let gradient = network.inputGradient(golden.input, on: device) {
      OutputLoss(logits: $0, at: golden.outputs)
    }
    #expect(golden.gradient.channelsLast.deviation(from: gradient.elements) < 1e-5)
    let maps = Saliency.gradients(
      network, golden.input, outputs: golden.outputs, on: device)
    #expect(golden.saliency.deviation(from: maps.flatMap(\.values)) < 1e-5)
  }

  @Test(arguments: ["conv1", "pool1", "block1", "conv3"])
  func activationsAgree(name: String) throws {
    let layer = try layer(name)
    let values = network.values(golden.input, at: layer, on: device)
    let expected = try #require(golden.activations[name]).channelsLast
    #expect(values.shape == expected.shape)
    #expect(expected.deviation(from: values.elements) < 1e-5)
  }

  @Test(arguments: ["conv1", "block1", "conv3"])
  func gradCAMAgrees(name: String) throws {
    let maps = Saliency.gradCAM(
      network, golden.input, outputs: golden.outputs, at: try layer(name), on: device)
    let expected = try #require(golden.gradCAM[name])
    #expect(expected.deviation(from: maps.flatMap(\.values)) < 1e-4)
  }

  @Test func occlusionAgrees() throws {
    let model = Model(network, tasks: TaskSequence(tasks: [[0, 1, 2]]))
    let whole = network.logits(golden.input, on: device)[0].elements
    var occlusion = Occlusion(
      model, golden.data, split: .test, images: [0, 1, 2], outputs: golden.outputs, patch: 5,
      stride: 3)
    // Corners at 0, 3, 6, 9 and 11.
    #expect(occlusion.total == 3 * 25)
    while occlusion.done < occlusion.total { occlusion.advance(on: device) }
    let maps = occlusion.maps(
      whole: golden.outputs.enumerated().map { whole[$0 * 3 + $1] })
    #expect(golden.occlusion.deviation(from: maps.flatMap(\.values)) < 1e-4)
  }

  /// More covered images than one piece has, and squares as large as the image.
  @Test func occlusionOfAllPlacesAndOfOne() {
    let model = Model(network, tasks: TaskSequence(tasks: [[0, 1, 2]]))
    var every = Occlusion(
      model, golden.data, split: .test, images: [1], outputs: [0], patch: 1, stride: 1)
    #expect(every.total == 256)
    every = Occlusion(
      model, golden.data, split: .test, images: [1, 2], outputs: [0, 1], patch: 1, stride: 1)
    while every.done < every.total { every.advance(on: device) }
    #expect(every.maps(whole: [0, 0]).count == 2)
    var whole = Occlusion(
      model, golden.data, split: .test, images: [1], outputs: [0], patch: 40, stride: 7)
    #expect(whole.total == 1)
    whole.advance(on: device)
    #expect(Set(whole.maps(whole: [3])[0].values).count == 1)
  }

  // MARK: Maps

  @Test func sharesAddUp() throws {
    let map = PixelMap(height: 4, width: 4, values: [8] + [Float](repeating: 0, count: 14) + [-5])
    #expect(map.shares(parts: 2) == [[1, 0], [0, 0]])
    #expect(map.peak.row == 0 && map.peak.column == 0)
    #expect(PixelMap(height: 1, width: 2, values: [0, -1]).shares(parts: 2) == nil)
  }

  @Test func quantileIsAValue() {
    let map = PixelMap(height: 10, width: 10, values: (0..<100).map(Float.init))
    #expect(map.quantile(0.99) == 99 && map.quantile(0.5) == 50 && map.quantile(1) == 99)
  }

  @Test func channelsAreSortedByTheirMean() throws {
    let layer = try layer("conv1")
    let image = Tensor([1, 16, 16, 3], Array(golden.input.elements.prefix(768)))
    let maps = ChannelMaps(network, image, at: layer, on: device)
    #expect(maps.channels.map(\.number) == Array(0..<6))
    let means = maps.mostActiveFirst.map(\.mean)
    #expect(means == means.sorted(by: >))
    for channel in maps.channels {
      let values = channel.map.values
      #expect(abs(channel.mean - values.reduce(0, +) / 256) < 1e-5)
      #expect(channel.silence == Double(values.count { $0 == 0 }) / 256)
      // Behind a ReLU.
      #expect(channel.map.smallest >= 0)
    }
  }

  @Test func filtersAreTheWeights() throws {
    let filters = Filter.all(of: try layer("conv3"), in: network)
    #expect(filters.count == 8 && filters[0].kernels.count == 6 && filters[0].size == 3)
    let weights = try #require(golden.weights["conv3.weight"]).values
    #expect(filters.flatMap { $0.kernels.joined() } == weights.map { Float($0) })
    // 6 kernels of 9 weights a filter; the fifth weight of each is its middle.
    let second = Array(weights[54..<108])
    let squares: Double = second.reduce(0) { $0 + $1 * $1 }
    #expect(abs(filters[1].norm - squares.squareRoot()) < 1e-6)
    let middles: Double = stride(from: 4, to: 54, by: 9).reduce(0) { $0 + second[$1] }
    #expect(abs(Double(filters[1].mean.values[4]) - middles / 6) < 1e-6)
    #expect(Filter.all(of: try layer("pool1"), in: network).isEmpty)
  }
}
