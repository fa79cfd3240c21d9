/// How light each pixel is, 0 … 255: 0.299 R + 0.587 G + 0.114 B (Rec. 601), rounded as Pillow's "L"
/// is. Of one channel it is that channel.
///
/// - Parameter pixels: [pixels, channels]
func luma(of pixels: some RandomAccessCollection<UInt8>, channels: Int) -> [UInt8] {
  guard channels == 3 else { return Array(pixels) }
  var light: [UInt8] = []
  light.reserveCapacity(pixels.count / 3)
  var place = pixels.startIndex
  while place != pixels.endIndex {
    let green = pixels.index(after: place)
    let blue = pixels.index(after: green)
    let sum = 19_595 * Int(pixels[place]) + 38_470 * Int(pixels[green]) + 7_471 * Int(pixels[blue])
    light.append(UInt8((sum + 0x8000) >> 16))
    place = pixels.index(after: blue)
  }
  return light
}
