extension DataSet {
  /// Image files in the place of the test images: resized to this data set's images, to go through its
  /// transform. Nobody knows their classes, so all labels are 0. The sizes are those of the files.
  ///
  /// Where the data set has one channel, a photograph's is its luma (Rec. 601), as Pillow's "L" is.
  ///
  /// - Parameter paths: PPM, PNG or JPEG files.
  public func photographs(_ paths: [String]) throws(DataSetError) -> DataSet {
    let shape = train.shape
    var decoder = ImageDecoder(height: shape.height, width: shape.width)
    let buffer = ByteBuffer()
    var pixels: [UInt8] = []
    var sizes: [ImageSize] = []
    var rgb = [UInt8](repeating: 0, count: shape.height * shape.width * 3)
    for path in paths {
      try LocalFile.read(path, into: buffer)
      let fault: ImageFault? = rgb.withUnsafeMutableBufferPointer { target in
        guard let base = target.baseAddress else { return nil }
        do throws(ImageFault) {
          sizes.append(
            try decoder.decode(buffer.content, ending: ImageDecoder.ending(of: path), into: base))
          return nil
        } catch { return error }
      }
      if let fault { throw .damagedImage(path: path, entry: nil, fault: fault) }
      pixels += shape.channels == 1 ? luma(of: rgb, channels: 3) : rgb
    }
    let images = ImageSet(
      shape: shape, pixels: pixels, labels: paths.map { _ in 0 }, sizes: sizes)
    return DataSet(
      source: source, classNames: classNames, train: train, test: images, transform: transform)
  }
}
