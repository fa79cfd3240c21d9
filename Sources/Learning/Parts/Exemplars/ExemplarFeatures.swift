import Datasets
import Networks
import Tensors

extension Experience {
  /// Features of training images without their random transforms, [N, d], some images at a time.
  func features(_ images: [Int], of network: Network) -> Tensor {
    inPieces(images, width: network.architecture.features) { network.features($0, on: device) }
  }

  /// The same of several networks of one body, side by side, [N, networks · d].
  func features(_ images: [Int], of networks: [Network]) -> Tensor {
    let width = networks.reduce(0) { $0 + $1.architecture.features }
    return inPieces(images, width: width) { images in
      .sideBySide(networks.map { $0.features(images, on: device) })
    }
  }

  /// What `compute` makes of training images without their random transforms, [N, width].
  func inPieces(
    _ images: [Int], width: Int, _ compute: (_ images: Tensor) -> Tensor
  ) -> Tensor {
    var rows: [Float] = []
    rows.reserveCapacity(images.count * width)
    for start in stride(from: 0, to: images.count, by: EvaluationCount.piece) {
      let piece = Array(images[start..<min(start + EvaluationCount.piece, images.count)])
      rows += compute(plainBatch(piece).images).elements
    }
    return Tensor([images.count, width], rows)
  }
}
