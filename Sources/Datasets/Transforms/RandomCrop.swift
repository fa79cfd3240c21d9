package import Randomness
internal import System

/// Random resized crops.
struct CropStep: TransformStep {
  var isRandom: Bool { true }
  var options: [TransformOption] { [Self.option] }
  var logKey: String { "random_crop" }

  private static let option = TransformOption(
    "crop", .choice([("random", "RandomResizedCrop, when training"), ("none", "")]),
    "Which part of an image is used.", searchWords: ["RandomResizedCrop"])

  func isOn(in transform: Transform) -> Bool { transform.randomCrop }

  func word(in transform: Transform) -> String? { isOn(in: transform) ? "random crops" : nil }

  func deed(in transform: Transform, _ draws: TransformDraws) -> String {
    draws.crop.map { "\($0.width)×\($0.height) at \($0.left), \($0.top)" } ?? ""
  }

  func set(_ given: TransformOptions, in transform: inout Transform, of data: DataSet) {
    if let word = given.word(Self.option) { transform.randomCrop = word == "random" }
  }
}

/// The part of an image that is cut out and resized to the whole.
package struct CropBox: Hashable, Sendable {
  package var top: Int
  package var left: Int
  package var height: Int
  package var width: Int

  package init(top: Int, left: Int, height: Int, width: Int) {
    self.top = top
    self.left = left
    self.height = height
    self.width = width
  }

  /// A box of 8–100 % of the area and of an aspect between 3:4 and 4:3, uniform in its logarithm;
  /// after 10 boxes that do not fit, the largest central one of an allowed aspect.
  ///
  /// Source: torchvision's `RandomResizedCrop`, after Szegedy et al., "Going deeper with
  /// convolutions", 2014.
  package static func random(
    height: Int, width: Int, using random: inout RandomStream
  ) -> CropBox {
    let narrowest = 3.0 / 4
    let widest = 4.0 / 3
    let logarithm = 0.287_682_072_451_780_9  // of 4/3
    for _ in 0..<10 {
      let area = Double(height * width) * (0.08 + 0.92 * Double(random.uniform()))
      let aspect = exp(logarithm * (2 * Double(random.uniform()) - 1))
      let box = (
        height: Int((area / aspect).squareRoot().rounded(.toNearestOrEven)),
        width: Int((area * aspect).squareRoot().rounded(.toNearestOrEven))
      )
      if (1...height).contains(box.height), (1...width).contains(box.width) {
        return CropBox(
          top: random.index(below: height - box.height + 1),
          left: random.index(below: width - box.width + 1), height: box.height, width: box.width)
      }
    }
    let aspect = Double(width) / Double(height)
    var box = (height: height, width: width)
    if aspect < narrowest {
      box.height = min(height, Int((Double(width) / narrowest).rounded(.toNearestOrEven)))
    } else if aspect > widest {
      box.width = min(width, Int((Double(height) * widest).rounded(.toNearestOrEven)))
    }
    return CropBox(
      top: (height - box.height) / 2, left: (width - box.width) / 2, height: box.height,
      width: box.width)
  }
}

/// Cuts random boxes out of images and resizes them to the whole.
struct Cropper {
  private let shape: ImageShape
  private var resampling: Resampling
  private let image: Scratch<UInt8>

  init(_ shape: ImageShape) {
    self.shape = shape
    resampling = Resampling(height: shape.height, width: shape.width, channels: shape.channels)
    image = Scratch(shape.count)
  }

  /// The cropped image, which is there until the next one.
  mutating func crop(_ source: UnsafePointer<UInt8>, to box: CropBox) -> UnsafePointer<UInt8> {
    let rowBytes = shape.width * shape.channels
    resampling.resize(
      source + box.top * rowBytes + box.left * shape.channels, height: box.height,
      width: box.width, rowBytes: rowBytes, into: image.base)
    return UnsafePointer(image.base)
  }
}
