/// An npy file (NumPy Enhancement Proposal 1): the numbers begin at a multiple of 64, and versions
/// above 1 have four bytes for the header's length.
func npy(
  _ type: String, _ shape: String, _ bytes: [UInt8], order: String = "False", version: UInt8 = 1
) -> [UInt8] {
  let front = version == 1 ? 10 : 12
  var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
  header += String(repeating: " ", count: 63 - (front + header.utf8.count) % 64) + "\n"
  var file: [UInt8] = [0x93] + Array("NUMPY".utf8)
  file += [version, 0, UInt8(header.utf8.count % 256), UInt8(header.utf8.count / 256)]
  if version != 1 { file += [0, 0] }
  return file + Array(header.utf8) + bytes
}
