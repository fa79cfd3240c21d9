import Datasets
import Inspection
import PlainText

extension ShellContext.Subject {
  /// In what photographs are unlike the images that a model learned, a sentence for each kind of
  /// difference; none of images of a data set.
  var photographNotes: [String] {
    guard let files else { return [] }
    let images = data[split]
    let sizes = files.indices.compactMap { position in
      images.size(at: position).map { (file: files[position], size: $0) }
    }
    func note(_ verdict: String, where isSo: (ImageSize) -> Bool) -> String? {
      let found = sizes.filter { isSo($0.size) }
      guard !found.isEmpty else { return nil }
      let names = found.map { "\($0.file) (\($0.size.width)×\($0.size.height))" }.abridged(to: 4)
      return "\(names): \(verdict)"
    }
    let shape = "\(images.shape.width)×\(images.shape.height)"
    return [
      note(
        "squeezed to \(shape), since one side is more than twice as long as the other; cut the sign "
          + "out first"
      ) { $0.longerSide > 2 * $0.shorterSide },
      note("enlarged from very few pixels, which show little of a sign") {
        $0.shorterSide < Self.fewPixels
      },
      note("if the sign is only a part of the picture, cut it out first, as training images are") {
        $0.shorterSide > Self.manyPixels && $0.longerSide <= 2 * $0.shorterSide
      },
    ].compactMap(\.self)
  }

  /// GTSRB's smallest signs are 15 pixels wide, its largest some 250.
  private static let fewPixels = 12
  private static let manyPixels = 500

  /// Photographs whose most likely class is less likely than all others together.
  func doubtNotes(_ answers: Predictions) -> [String] {
    guard let files else { return [] }
    let doubtful = files.indices.filter {
      (0..<0.5).contains(answers[$0].probability) && answers[$0].probability > 0
    }
    guard !doubtful.isEmpty else { return [] }
    return [
      "\(doubtful.map { files[$0] }.abridged(to: 4)): the model is unsure; every picture gets an "
        + "answer, even one that shows none of the classes that were learned"
    ]
  }
}

extension ImageSize {
  fileprivate var longerSide: Int { max(width, height) }
}
