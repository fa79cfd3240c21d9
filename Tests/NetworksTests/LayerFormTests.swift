import Foundation
import Networks
import Tensors
import Testing

/// Layers in session files and in those of weights, which older versions wrote and newer ones read.
struct LayerFormTests {
  @Test(arguments: [
    (
      Layer.convolution(name: "conv1", outputs: 8, kernel: 3, padding: 1),
      #"{"convolution":{"kernel":3,"name":"conv1","outputs":8,"padding":1}}"#
    ),
    (.batchNormalization(name: "bn1"), #"{"batchNormalization":{"name":"bn1"}}"#),
    (.activation(.none), #"{"activation":{"_0":{"none":{}}}}"#),
    (.activation(.relu), #"{"activation":{"_0":{"relu":{}}}}"#),
    (
      .activation(.leakyRelu(slope: 0.25)), #"{"activation":{"_0":{"leakyRelu":{"slope":0.25}}}}"#
    ),
    (.maxPool, #"{"maxPool":{}}"#), (.globalAveragePool, #"{"globalAveragePool":{}}"#),
    (.scales(side: 2), #"{"scales":{"side":2}}"#), (.flatten, #"{"flatten":{}}"#),
    (.dense(name: "fc1", outputs: 5), #"{"dense":{"name":"fc1","outputs":5}}"#),
    (.dropout(rate: 0.5), #"{"dropout":{"rate":0.5}}"#), (.normalize, #"{"normalize":{}}"#),
    (
      .residual([.maxPool, .dropout(rate: 0.5)]),
      #"{"residual":{"_0":[{"maxPool":{}},{"dropout":{"rate":0.5}}]}}"#
    ),
  ])
  func layerHasItsForm(layer: Layer, form: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(layer), as: UTF8.self) == form)
    #expect(try JSONDecoder().decode(Layer.self, from: Data(form.utf8)) == layer)
  }

  @Test(arguments: [
    "{}", #""maxPool""#, #"{"maxpool":{}}"#, #"{"maxPool":{},"flatten":{}}"#,
    #"{"dense":{"name":"fc1"}}"#, #"{"residual":[]}"#,
  ])
  func otherFormsAreRefused(form: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Layer.self, from: Data(form.utf8))
    }
  }

  @Test func layersOfOneKindDifferByTheirNumbers() {
    #expect(Layer.scales(side: 2) != .scales(side: 3))
    #expect(Layer.maxPool != .globalAveragePool)
    #expect(Set([Layer.dropout(rate: 0.5), .dropout(rate: 0.5), .dropout(rate: 0.25)]).count == 2)
  }
}
