import Datasets
import Testing

struct HoldOutTests {
  @Test func sourceLeadsToTheSameTracks() throws {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.size) = (3, 90, 16)
    let whole = try DataSet.load(.synthetic(signs), cache: nil)
    let split = whole.holdingOut(HoldOut(share: 0.3, seed: 4))
    #expect(split.test.count > 0 && split.test.count + split.train.count == whole.train.count)
    let again = try DataSet.load(split.source, cache: nil)
    #expect(again.digest == split.digest && again.source == split.source)
    #expect(whole.holdingOut(HoldOut(share: 0.3, seed: 5)).digest != split.digest)
  }
}
