import Networks
import Tensors
import Testing

/// Where a network's learned numbers lie, layer by layer.
struct LearnedLayerTests {
  @Test func layersCoverTheBodyInOrder() throws {
    for preset in Preset.all {
      let architecture = try preset.architecture(
        input: .image(height: 32, width: 32, channels: 3), outputs: 4)
      let layers = architecture.learnedLayers
      var end = 0
      for layer in layers {
        #expect(layer.range.lowerBound == end, "\(preset.name), \(layer.name)")
        end = layer.range.upperBound
      }
      let head = try #require(
        architecture.parameters.first { $0.name.hasPrefix(architecture.heads[0].name + ".") })
      #expect(end == head.range.lowerBound, "\(preset.name)")
    }
  }

  /// Batch normalization belongs to what it normalizes; a block's layers stand at its place.
  @Test func layersHaveTheirNamesAndPlaces() throws {
    let architecture = try Architecture(
      name: "net", input: .image(height: 8, width: 8, channels: 2),
      layers: [
        .convolution(name: "conv1", outputs: 2, kernel: 3, padding: 1),
        .batchNormalization(name: "bn1"), .activation(.relu),
        .residual([.convolution(name: "conv2", outputs: 2, kernel: 3, padding: 1)]), .flatten,
        .dense(name: "fc1", outputs: 3),
      ], heads: [Head(name: "fc", outputs: 2)])
    let layers = architecture.learnedLayers
    #expect(layers.map(\.name) == ["conv1", "conv2", "fc1"])
    #expect(layers.map(\.position) == [1, 3, 5])
    #expect(layers.map(\.range.count) == [36 + 4, 36 + 2, 384 + 3])
  }
}
