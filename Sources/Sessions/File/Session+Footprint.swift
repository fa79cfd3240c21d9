internal import Datasets
internal import Foundation

extension Session {
  /// Bytes of images and arrays that the objects hold, equal arrays counted once.
  public var footprint: Int {
    let tensors = TensorTable()
    let encoder = SessionFile.encoder(tensors)
    var images: [String: Int] = [:]
    for name in names {
      switch self[name] {
      case .data(let data)?:
        images[data.digest] = data.train.pixels.count + data.test.pixels.count
      case .network(let network)?: _ = try? encoder.encode(network)
      case .run(let run)?: _ = try? encoder.encode(run)
      case .unknown(let object)?: tensors.add(object.tensors)
      case .tasks?, .table?, .unavailable?, nil: break
      }
    }
    return images.values.reduce(0, +) + tensors.all.reduce(0) { $0 + 4 * $1.elements.count }
  }
}
