import Foundation

/// A line that a person types as the answer to a question of a command.
enum Answer {
  /// Nil at the end of the input and after Ctrl-C.
  static func typed() -> String? {
    Interrupt.process.endingReads {
      var bytes: [UInt8] = []
      while true {
        var byte: UInt8 = 0
        switch read(0, &byte, 1) {
        case 1 where byte == 0x0A: return String(decoding: bytes, as: UTF8.self)
        case 1: bytes.append(byte)
        case -1 where errno == EINTR && !Interrupt.process.isRequested: continue
        default: return nil
        }
      }
    }
  }
}
