public import Networks
public import Tensors

/// What in an image a network's score of a class depends on.
public enum Saliency {
  /// Ways to find it.
  public enum Method: String, CaseIterable, Sendable {
    case gradient
    case gradcam
    case occlusion
  }

  /// How much the logit changes with each pixel: |∂z/∂x|, of the channels the largest (Simonyan,
  /// Vedaldi and Zisserman 2014).
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels], as the network reads them; the gradient is in their
  ///     units.
  ///   - outputs: Of the first head, one for each image.
  public static func gradients(
    _ network: Network, _ images: Tensor, outputs: [Int], on device: Device
  ) -> [PixelMap] {
    let gradient = network.inputGradient(images, on: device) {
      OutputLoss(logits: $0, at: outputs)
    }
    let (height, width, channels) = (images.shape[1], images.shape[2], images.shape[3])
    let pixels = height * width
    return outputs.indices.map { image in
      PixelMap(
        height: height, width: width,
        values: (image * pixels..<(image + 1) * pixels).map { pixel in
          (pixel * channels..<(pixel + 1) * channels).reduce(0) {
            max($0, abs(gradient.elements[$1]))
          }
        })
    }
  }

  /// Grad-CAM (Selvaraju et al. 2017): ReLU(Σ_k α_k·A_k), where A_k are the maps of a layer and α_k
  /// the mean over its pixels of ∂z/∂A_k; enlarged to the images' size.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels], as the network reads them.
  ///   - outputs: Of the first head, one for each image.
  public static func gradCAM(
    _ network: Network, _ images: Tensor, outputs: [Int], at layer: MapLayer, on device: Device
  ) -> [PixelMap] {
    let (maps, gradient) = network.valuesAndGradient(images, at: layer, on: device) {
      OutputLoss(logits: $0, at: outputs)
    }
    let (pixels, channels) = (layer.height * layer.width, layer.channels)
    return outputs.indices.map { image in
      let start = image * pixels * channels
      let weights = (0..<channels).map { channel in
        (0..<pixels).reduce(Float(0)) {
          $0 + gradient.elements[start + $1 * channels + channel]
        } / Float(pixels)
      }
      let values = (0..<pixels).map { pixel in
        max(
          0,
          (0..<channels).reduce(Float(0)) {
            $0 + weights[$1] * maps.elements[start + pixel * channels + $1]
          })
      }
      return PixelMap(height: layer.height, width: layer.width, values: values)
        .resized(height: images.shape[1], width: images.shape[2])
    }
  }
}
