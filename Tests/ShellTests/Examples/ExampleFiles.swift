/// The smallest files of each kind that examples load.
enum ExampleFiles {
  private static func pixmap(_ gray: Int) -> [UInt8] {
    Array("P6\n16 16\n255\n".utf8) + (0..<16 * 16 * 3).map { UInt8((gray * 50 + $0) % 256) }
  }

  /// Images in a folder per class.
  static func writeFolders(_ folder: TestFolder) throws {
    for label in 0..<3 {
      for number in 0..<4 {
        for place in ["mine", "work/old"] {
          try folder.write(pixmap(label), to: "\(place)/class\(label)/\(number).ppm")
        }
      }
    }
  }

  /// An unpacked GTSRB of three classes.
  static func writeGTSRB(_ folder: TestFolder) throws {
    for label in 0..<3 {
      for number in 0..<4 {
        try folder.write(
          pixmap(label), to: "gtsrb/GTSRB/Training/0000\(label)/0000\(number)_00000.ppm")
      }
      try folder.write(
        pixmap(label), to: "gtsrb/GTSRB/Final_Test/Images/0000\(label).ppm")
    }
    let rows = (0..<3).map { "0000\($0).ppm;16;16;1;1;14;14;\($0)\n" }
    try folder.write(
      ("Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\n" + rows.joined()).utf8,
      to: "gtsrb/GTSRB/GT-final_test.csv")
  }

  /// IDX files: two dimensions behind the type and the number of extents, each four bytes.
  static func writeMNIST(_ folder: TestFolder) throws {
    func idx(_ extents: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
      [0, 0, 8, UInt8(extents.count)] + extents.flatMap { [0, 0, 0, $0] } + bytes
    }
    for (name, count) in [("train", 30), ("t10k", 10)] {
      let labels = (0..<count).map { UInt8($0 % 10) }
      let pixels = labels.flatMap { label in (0..<28 * 28).map { UInt8($0 % 20) * label } }
      try folder.write(
        idx([UInt8(count), 28, 28], pixels), to: "work/mnist/\(name)-images-idx3-ubyte")
      try folder.write(idx([UInt8(count)], labels), to: "work/mnist/\(name)-labels-idx1-ubyte")
    }
  }

  /// Records of a label and 32 × 32 pixels in three planes.
  static func writeCIFAR(_ folder: TestFolder) throws {
    let records = (0..<10).flatMap { label in
      [UInt8(label)] + (0..<3072).map { UInt8($0 % 25 * label) }
    }
    for name in (1...5).map({ "data_batch_\($0)" }) + ["test_batch"] {
      try folder.write(records, to: "work/cifar-10-batches-bin/\(name).bin")
    }
  }
}
