import Networks
import Tensors
import Testing

/// What a network costs, counted by hand.
struct CostTests {
  private func architecture(_ layers: [Layer], head: Head.Kind = .linear) throws -> Architecture {
    try Architecture(
      name: "net", input: .image(height: 6, width: 8, channels: 2), layers: layers,
      heads: [Head(name: "fc", outputs: 3, kind: head)])
  }

  private static let pooled: [Layer] = [
    .convolution(name: "conv1", outputs: 4, kernel: 5, padding: 2), .activation(.relu), .maxPool,
    .convolution(name: "conv2", outputs: 6, kernel: 5, padding: 2), .activation(.relu), .maxPool,
    .flatten, .dense(name: "fc1", outputs: 7),
  ]

  /// 6×8 pixels of 4·2·25 weights, 3×4 of 6·4·25, then 6·1·2 features: 12·7 and 7·3.
  @Test func productsOfATextbook() throws {
    let network = try architecture(Self.pooled)
    let (first, second, dense, head) = (48 * 200, 12 * 600, 84, 21)
    let forward = PassCost(network, images: 10, training: false)
    #expect(forward.dense == 10 * (first + second + dense + head))
    // On the way back weights and inputs cost as much again; the first layer's input costs nothing.
    let training = PassCost(network, images: 10, training: true)
    #expect(training.dense == 10 * (2 * first + 3 * second + 3 * dense + 3 * head))
  }

  /// 5×5 kernels are computed tap by tap; behind pooling a quarter of the gradients is no zero.
  @Test func productsThatAreDone() throws {
    let network = try architecture(Self.pooled)
    let (first, second, dense, head) = (48 * 200, 12 * 600, 84, 21)
    let forward = PassCost(network, images: 10, training: false)
    #expect(forward.executed == 10 * (first + second + dense + head))
    // 3×4 cells of conv1, 1×2 of conv2.
    let back = 12 * 200 + 2 * (2 * 600)
    let training = PassCost(network, images: 10, training: true)
    #expect(training.executed == 10 * (first + second + back + 3 * dense + 3 * head))
  }

  /// Without pooling the input's gradient is a convolution with kernels turned around, whose border is
  /// as wide as fits; the first layer has none.
  @Test func productsWithoutPooling() throws {
    let network = try architecture([
      .convolution(name: "conv1", outputs: 4, kernel: 5, padding: 2),
      .convolution(name: "conv2", outputs: 6, kernel: 5, padding: 2), .globalAveragePool,
    ])
    let (first, second, head) = (48 * 200, 48 * 600, 18)
    let training = PassCost(network, images: 1, training: true)
    #expect(training.executed == 2 * first + 3 * second + 3 * head)
    // A linear layer at the very beginning has no input gradient either.
    let linear = try Architecture(
      name: "net", input: .vector(5), layers: [.dense(name: "fc1", outputs: 4)],
      heads: [Head(name: "fc", outputs: 3)])
    let cost = PassCost(linear, images: 2, training: true)
    #expect(cost.dense == 2 * (2 * 20 + 3 * 12) && cost.executed == cost.dense)
  }

  /// Winograd's convolution has 16 products for a patch of 2×2 outputs; patches cover the edge, but
  /// behind pooling only whole cells count.
  @Test(arguments: [(7, 5), (8, 6)])
  func productsByWinograd(height: Int, width: Int) throws {
    let (channels, outputs) = (64, 64)
    func cost(_ layers: [Layer]) throws -> PassCost {
      PassCost(
        try Architecture(
          name: "net", input: .image(height: height, width: width, channels: channels),
          layers: [.convolution(name: "conv1", outputs: outputs, kernel: 3, padding: 1)] + layers
            + [.globalAveragePool], heads: [Head(name: "fc", outputs: 1)]),
        images: 1, training: false)
    }
    let geometry = ConvolutionGeometry(
      height: height, width: width, channels: channels, outputs: outputs, kernel: 3, padding: 1)
    let whole = (height / 2) * (width / 2)
    let all = ((height + 1) / 2) * ((width + 1) / 2)
    let isDirect = try cost([]).executed == geometry.multiplyAdds + outputs
    if isDirect { return }
    #expect(try cost([]).executed == all * 16 * channels * outputs + outputs)
    #expect(try cost([.maxPool]).executed == whole * 16 * channels * outputs + outputs)
  }

  /// Four bytes a number, every boundary's once, twice where gradients lie beside the values.
  @Test func bytesOfAPass() throws {
    let network = try Architecture(
      name: "net", input: .vector(5),
      layers: [.dense(name: "fc1", outputs: 4), .normalize, .dense(name: "fc2", outputs: 3)],
      heads: [Head(name: "fc", outputs: 2)])
    let numbers = 5 + 4 + 4 + 3
    #expect(Device.bytes(for: network, images: 10, training: true) == 2 * 4 * 10 * numbers)
    #expect(Device.bytes(for: network, images: 10, training: false) == 4 * 10 * numbers)
  }

  /// A cosine head has no bias, but a sharpness; outputs are kept on the way forward and back.
  @Test func summaryOfACosineHead() throws {
    let network = try architecture([.flatten, .dense(name: "fc1", outputs: 7)], head: .cosine)
    let summary = Summary(network, batch: 10)
    #expect(summary.rows.map(\.kind) == ["Linear", "CosineLinear"])
    #expect(summary.rows.map(\.parameters) == [96 * 7 + 7, 7 * 3 + 1])
    #expect(summary.rows.map(\.multiplyAdds) == [10 * (96 * 7 + 7), 10 * (7 * 3 + 1)])
    #expect(summary.inputBytes == 4 * 10 * 96)
    #expect(summary.passBytes == 2 * 4 * 10 * (7 + 3))
    #expect(summary.parameterBytes == 4 * (679 + 22))
    #expect(summary.totalBytes == 3840 + 800 + 2804)
  }
}
