import CArchive

/// A few images in GTSRB's official form, to be written as archives or as a tree, and damaged
/// before that.
struct SmallGTSRB {
  /// Training and test files by their names in the archives, in the archives' order.
  var training: [(name: String, bytes: [UInt8])] = []
  var testing: [(name: String, bytes: [UInt8])] = []
  var table = "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\r\n"

  /// Classes 1 and 14 with two tracks of two frames, and three test images of classes 14, 1, 14.
  /// Every image is 4×4 of one grey: 10 × class + track + frame/10 for training, 200 + number for
  /// testing.
  init() {
    for label in [14, 1] {
      for (track, frame) in [(1, 0), (0, 0), (0, 1), (1, 1)] {
        let gray = UInt8(10 * label + 2 * track + frame)
        training.append(
          (
            "GTSRB/Training/000\(label < 10 ? "0" : "")\(label)/0000\(track)_0000\(frame).ppm",
            pixmap(4, 4, gray)
          ))
      }
    }
    training.append(("GTSRB/Training/00001/GT-00001.csv", Array("Filename;ClassId\n".utf8)))
    for (number, label) in [14, 1, 14].enumerated() {
      testing.append(
        ("GTSRB/Final_Test/Images/0000\(number).ppm", pixmap(4, 4, UInt8(200 + number))))
      table += "0000\(number).ppm;53;54;6;5;48;49;\(label)\r\n"
    }
  }

  func writeArchives(to folder: TemporaryFolder) throws {
    try folder.write(zip(training), to: "GTSRB-Training_fixed.zip")
    try folder.write(zip(testing), to: "GTSRB_Final_Test_Images.zip")
    try folder.write(
      zip([("GT-final_test.csv", Array(table.utf8))]), to: "GTSRB_Final_Test_GT.zip")
  }

  /// - Parameter prefix: Comes before the archives' names of the files.
  func writeTree(to folder: TemporaryFolder, prefix: String, table name: String) throws {
    for file in training + testing { try folder.write(file.bytes, to: prefix + file.name) }
    try folder.write(table, to: name)
  }
}

/// A binary PPM image of one grey.
func pixmap(_ width: Int, _ height: Int, _ gray: UInt8, comment: String = "") -> [UInt8] {
  Array("P6\n\(comment)\(width) \(height)\n255\n".utf8)
    + [UInt8](repeating: gray, count: width * height * 3)
}

/// A zip archive of deflated files.
func zip(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
  var room = [UInt8](repeating: 0, count: files.reduce(1 << 12) { $0 + 1024 + 2 * $1.bytes.count })
  var used = 0
  let archive = archive_write_new()
  archive_write_set_format_zip(archive)
  archive_write_set_bytes_in_last_block(archive, 1)
  room.withUnsafeMutableBytes { room in
    _ = archive_write_open_memory(archive, room.baseAddress, room.count, &used)
    for file in files {
      let entry = archive_entry_new()
      archive_entry_set_pathname(entry, file.name)
      archive_entry_set_size(entry, Int64(file.bytes.count))
      archive_entry_set_filetype(entry, UInt32(0o100000))
      archive_entry_set_perm(entry, 0o644)
      archive_write_header(archive, entry)
      _ = file.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      archive_entry_free(entry)
    }
    _ = archive_write_close(archive)
  }
  archive_write_free(archive)
  return Array(room[..<used])
}
