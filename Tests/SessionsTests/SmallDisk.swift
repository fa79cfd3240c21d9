import Foundation
import System

/// A file system of its own in memory, where the system allows that.
enum SmallDisk {
  static let canBeMade: Bool = {
    var isDone = false
    try? with(megabytes: 1) { _, _ in isDone = true }
    return isDone
  }()

  /// - Parameter files: How many files there can be, the folder that holds them among them.
  static func with(
    megabytes: Int, files: Int = 100, _ body: (_ disk: String, ScratchFolder) throws -> Void
  ) throws {
    let folder = try ScratchFolder()
    let disk = folder.file("disk")
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    guard make(disk, megabytes: megabytes, files: files) else { throw NotThere(name: "disk") }
    defer { remove(disk) }
    try body(disk, folder)
  }

  #if os(Linux)
    private static func make(_ disk: String, megabytes: Int, files: Int) -> Bool {
      mount("waymark", disk, "tmpfs", 0, "size=\(megabytes)m,nr_inodes=\(files)") == 0
    }

    static func forbidWriting(_ disk: String) -> Bool {
      mount("waymark", disk, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0
    }

    private static func remove(_ disk: String) { umount(disk) }
  #else
    private static func make(_ disk: String, megabytes: Int, files: Int) -> Bool { false }

    static func forbidWriting(_ disk: String) -> Bool { false }

    private static func remove(_ disk: String) {}
  #endif
}
