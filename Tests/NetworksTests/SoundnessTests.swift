import Foundation
import Networks
import Tensors
import Testing

/// Architectures that no initializer makes, as a file may have them.
struct SoundnessTests {
  private static let image = LayerShape.image(height: 6, width: 6, channels: 1)
  private static let head = Head(name: "fc", outputs: 2)

  struct Row: Sendable, CustomTestStringConvertible {
    var reason: String
    var input = image
    var layers: [Layer] = [.flatten]
    var heads = [head]
    var testDescription: String { reason }
  }

  static let unsound = [
    Row(reason: "no head", heads: []),
    Row(
      reason: "101 heads",
      heads: (0..<101).map { Head(name: "fc\($0)", outputs: 1) }),
    Row(
      reason: "101 layers",
      layers: [Layer](repeating: .activation(.relu), count: 100) + [.flatten]),
    Row(
      reason: "101 layers in a block",
      layers: [.residual([Layer](repeating: .activation(.relu), count: 101)), .flatten]),
    Row(reason: "4097 numbers", input: .vector(4097)),
    Row(reason: "an image as high as 4097", input: .image(height: 4097, width: 1, channels: 1)),
    Row(reason: "no number", input: .vector(0)),
    Row(reason: "65537 outputs", heads: [Head(name: "fc", outputs: 65537)]),
    Row(reason: "no output", heads: [Head(name: "fc", outputs: 0)]),
    Row(
      reason: "65537 units",
      layers: [.flatten, .dense(name: "fc1", outputs: 65537), .dense(name: "fc2", outputs: 1)]),
    Row(
      reason: "a border as wide as the kernel",
      layers: [.convolution(name: "conv1", outputs: 1, kernel: 2, padding: 2), .flatten]),
    Row(reason: "layers that do not fit", layers: [.flatten, .maxPool]),
    Row(reason: "an image for the head", layers: [.activation(.relu)]),
  ]

  /// What the initializer makes is encoded, then the parts are put in that it would refuse.
  private func decoded(_ row: Row) throws -> Architecture {
    let made = try Architecture(
      name: "net", input: Self.image, layers: [.flatten], heads: [Self.head])
    let encoder = JSONEncoder()
    var fields = try #require(
      try JSONSerialization.jsonObject(with: encoder.encode(made)) as? [String: Any])
    fields["input"] = try JSONSerialization.jsonObject(with: encoder.encode(row.input))
    fields["layers"] = try JSONSerialization.jsonObject(with: encoder.encode(row.layers))
    fields["heads"] = try JSONSerialization.jsonObject(with: encoder.encode(row.heads))
    return try JSONDecoder().decode(
      Architecture.self, from: JSONSerialization.data(withJSONObject: fields))
  }

  @Test(arguments: unsound)
  func unsoundArchitectureIsToldApart(row: Row) throws {
    #expect(try !decoded(row).isSound)
  }

  /// The largest of everything that is allowed, one at a time.
  @Test(arguments: [
    Row(reason: "as it was made"), Row(reason: "4096 numbers", input: .vector(4096)),
    Row(reason: "65536 outputs", heads: [Head(name: "fc", outputs: 65536)]),
    Row(
      reason: "100 layers",
      layers: [Layer](repeating: .activation(.relu), count: 99) + [.flatten]),
    Row(
      reason: "100 layers in a block",
      layers: [.residual([Layer](repeating: .activation(.relu), count: 100)), .flatten]),
    Row(reason: "100 heads", heads: (0..<100).map { Head(name: "fc\($0)", outputs: 1) }),
  ])
  func soundArchitectureIsSound(row: Row) throws {
    #expect(try decoded(row).isSound)
  }

  @Test func headsNeedOutputs() {
    #expect(throws: ArchitectureError.notPositive(layer: 1)) {
      try Architecture(
        name: "net", input: Self.image, layers: [.flatten], heads: [Head(name: "fc", outputs: 0)])
    }
  }

  /// A side that is long enough does not make up for one that is not.
  @Test(arguments: [
    (Layer.convolution(name: "conv1", outputs: 1, kernel: 3, padding: 0), 5, 2),
    (.convolution(name: "conv1", outputs: 1, kernel: 3, padding: 0), 2, 5), (.maxPool, 4, 1),
    (.maxPool, 1, 4), (.scales(side: 3), 5, 2), (.scales(side: 3), 2, 5),
  ])
  func bothSidesMustBeLongEnough(layer: Layer, height: Int, width: Int) {
    #expect(throws: ArchitectureError.imageTooSmall(layer: 0, height: height, width: width)) {
      try Architecture(
        name: "net", input: .image(height: height, width: width, channels: 1), layers: [layer],
        heads: [Self.head])
    }
  }

  /// One shape for each layer of the list, whatever is in its block.
  @Test func everyLayerHasOneShape() throws {
    let architecture = try Architecture(
      name: "net", input: .image(height: 8, width: 6, channels: 2),
      layers: [
        .convolution(name: "conv1", outputs: 3, kernel: 3, padding: 0),
        .residual([
          .convolution(name: "conv2", outputs: 5, kernel: 3, padding: 1),
          .convolution(name: "conv3", outputs: 3, kernel: 1, padding: 0),
        ]), .maxPool, .dropout(rate: 0.5),
      ], heads: [Self.head])
    #expect(
      architecture.shapes == [
        .image(height: 6, width: 4, channels: 3), .image(height: 6, width: 4, channels: 3),
        .image(height: 3, width: 2, channels: 3), .image(height: 3, width: 2, channels: 3),
        .vector(18),
      ])
    #expect(architecture.features == 18)
  }

  /// Values that flow in and out of one unit: of a convolution, those under its kernel.
  @Test func fansAreThoseOfOneUnit() throws {
    let architecture = try Architecture(
      name: "net", input: .image(height: 4, width: 4, channels: 3),
      layers: [
        .convolution(name: "conv1", outputs: 5, kernel: 3, padding: 1), .flatten,
        .dense(name: "fc1", outputs: 7),
      ], heads: [Head(name: "fc", outputs: 2)])
    let fans = architecture.parameters.map { [$0.fanIn, $0.fanOut] }
    #expect(fans == [[27, 45], [27, 45], [80, 7], [80, 7], [7, 2], [7, 2]])
    #expect(
      architecture.parameters.map(\.shape) == [[5, 3, 3, 3], [5], [7, 80], [7], [2, 7], [2]])
  }
}
