public import Datasets
import Foundation
import Learning
public import Networks

/// Why a network cannot work on a data set's images here.
public enum Infeasibility: Error, Hashable, Sendable {
  /// The network takes images of another shape than the data set gives.
  case images(taken: LayerShape, given: LayerShape)
  /// It would take more than half of this machine's memory.
  case memory(needed: Int, limit: Int, images: Int, isTraining: Bool)

  /// - Parameter batch: Images of a training step; nil if the network is only evaluated.
  public init?(of network: Network, on data: DataSet, batch: Int?) {
    let architecture = network.architecture
    let training = Device.bytes(for: architecture, images: batch ?? 0, training: true)
    let testing = Device.bytes(
      for: architecture, images: EvaluationCount.piece, training: false)
    let limit = Int(clamping: ProcessInfo.processInfo.physicalMemory / 2)
    if training + testing > limit {
      self = .memory(
        needed: training + testing, limit: limit, images: batch ?? EvaluationCount.piece,
        isTraining: training > testing)
      return
    }
    let shape = data.transform.output(of: data.train.shape)
    let given = LayerShape.image(
      height: shape.height, width: shape.width, channels: shape.channels)
    guard architecture.input != given else { return nil }
    self = .images(taken: architecture.input, given: given)
  }
}
