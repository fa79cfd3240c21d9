import Datasets
import Learning
import Networks
import Randomness
import Tensors
import Testing

/// The layer that a run's scores come from: with the features of all its backbones it gives them.
struct OutputLayerTests {
  @Test(arguments: ["finetune", "wa", "icarl", "der", "der-cnn"])
  func layerOnFeaturesGivesTheScores(strategy: String) throws {
    let data = try SmallSigns.data()
    let course = SmallSigns.Course(strategy: strategy)
    var run = try course.run(
      on: data, network: try SmallSigns.network(heads: course.heads, isPlain: true))
    let device = Device(threads: 1)
    for task in 1...3 {
      run.advance(data, on: device) { event, _ in
        if case .taskEnded = event { false } else { true }
      }
      let images = data.batch(Array(0..<10), of: .test, random: RandomStream(seed: 0)).images
      let position = try #require(run.classifiers.firstIndex(of: .linear))
      let scores = run.scores(images, data, on: device)[position]
      let layer = try #require(run.outputLayer)
      #expect(run.backbones.count == (strategy == "der" ? task : 1))
      let features = Tensor.sideBySide(run.backbones.map { $0.features(images, on: device) })
      let width = features.shape[1]
      #expect(layer.weights.shape[1] == width && scores.shape == [10, 2 * task])
      for row in 0..<10 {
        for output in 0..<2 * task {
          let sum = (0..<width).reduce(Float(layer.bias?[output] ?? .nan)) {
            $0 + layer.weights.elements[output * width + $1] * features.elements[row * width + $1]
          }
          let score = scores.elements[row * scores.shape[1] + output]
          #expect(abs(sum - score) < 1e-4 * max(1, abs(score)), "\(task), \(row), \(output)")
        }
      }
    }
  }

  @Test(arguments: ["slda", "analytic"])
  func otherClassifiersHaveNone(strategy: String) throws {
    let data = try SmallSigns.data()
    let run = try SmallSigns.Course(strategy: strategy).run(on: data)
    #expect(run.outputLayer == nil)
  }

  @Test func cosineHeadHasNoBias() throws {
    let network = Network(
      try Architecture(
        name: "small", input: .vector(3), layers: [],
        heads: [Head(name: "fc", outputs: 2, kind: .cosine)]),
      initialization: .pytorch, random: RandomStream(seed: 3))
    let layer = try #require(OutputLayer(network))
    #expect(layer.weights.shape == [2, 3] && layer.bias == nil)
  }
}
