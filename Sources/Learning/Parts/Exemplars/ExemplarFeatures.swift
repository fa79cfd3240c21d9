import Datasets
import Networks
import Tensors

extension Experience {
  /// Features of training images without their random transforms by networks of one body, side by
  /// side, [N, networks · d]; some images at a time.
  func features(_ images: [Int], of networks: [Network]) -> Tensor {
    let width = networks.reduce(0) { $0 + $1.architecture.features }
    var rows: [Float] = []
    rows.reserveCapacity(images.count * width)
    for start in stride(from: 0, to: images.count, by: EvaluationCount.piece) {
      let piece = Array(images[start..<min(start + EvaluationCount.piece, images.count)])
      let batch = plainBatch(piece).images
      rows += Tensor.sideBySide(networks.map { $0.features(batch, on: device) }).elements
    }
    return Tensor([images.count, width], rows)
  }
}
