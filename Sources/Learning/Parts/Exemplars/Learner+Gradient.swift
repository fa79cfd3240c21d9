import Datasets
import Networks
import Randomness
import Tensors

extension Learner {
  /// The gradient of a loss on images that are not learned; it leaves no trace in the network's batch
  /// statistics.
  ///
  /// - Parameters:
  ///   - images: Positions in the training split.
  ///   - loss: Given logits, [N, outputs], and labels.
  func gradient(
    on images: [Int], _ experience: Experience, random: RandomStream,
    loss: (_ logits: Tensor, _ labels: [Int]) -> Loss
  ) -> Block {
    let batch = experience.batch(images, random: random)
    var gradient = Block(zeros: network.weights.count)
    var network = network
    _ = network.trainingPass(
      batch.images, on: experience.device, random: batch.random, into: &gradient
    ) { OutputLoss([loss($0.logits[0], batch.labels)]) }
    return gradient
  }
}
