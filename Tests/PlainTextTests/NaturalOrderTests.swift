import PlainText
import Testing

/// Numbers in names count as numbers; what is equal but for zeros has one order all the same.
@Test(arguments: [
  ["rp-8", "rp-32", "rp-128"], ["a", "a-1", "a-1-b", "a-2", "b"], ["", "1", "01x", "1y", "2"],
  ["kd@2", "kd@10"], ["9", "99999999999999999999", "100000000000000000000"], ["08", "8"],
])
func namesAreInTheirNaturalOrder(sorted: [String]) {
  for (first, name) in sorted.enumerated() {
    #expect(!name.naturallyPrecedes(name))
    for later in sorted.dropFirst(first + 1) {
      #expect(name.naturallyPrecedes(later), "\(name) \(later)")
      #expect(!later.naturallyPrecedes(name), "\(later) \(name)")
    }
  }
}
