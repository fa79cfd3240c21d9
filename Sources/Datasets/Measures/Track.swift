/// One physical sign as it was filmed: its images in the order of the film, the first the farthest.
public struct Track: Hashable, Sendable {
  public let label: Int
  /// Among the tracks of its class, from 0: `24/3` is class 24's fourth.
  public let number: Int
  /// Positions in the split; a frame's number is its place here.
  public let images: [Int]

  /// As people name it.
  public var name: String { "\(label)/\(number)" }

  /// The class and the number that a person names, `Stop` and 0 of `Stop/0`; nil of what names no
  /// track.
  public static func parts(of text: String) -> (word: String, number: Int)? {
    guard let slash = text.lastIndex(of: "/"), let number = Int(text[text.index(after: slash)...]),
      number >= 0
    else { return nil }
    return (String(text[..<slash]), number)
  }
}

extension ImageSet {
  /// All tracks by class, each class's in the order in which they begin; none where tracks are
  /// unknown. In an array file each class may count its tracks from 0.
  public var tracksByClass: [Track] {
    guard !tracks.isEmpty else { return [] }
    struct Key: Hashable {
      var label: Int
      var track: Int
    }
    var order: [Int: [Int]] = [:]
    var members: [Key: [Int]] = [:]
    for (image, (label, track)) in zip(labels, tracks).enumerated() {
      let key = Key(label: label, track: track)
      if members[key] == nil { order[label, default: []].append(track) }
      members[key, default: []].append(image)
    }
    return order.keys.sorted().flatMap { label in
      (order[label] ?? []).enumerated().map { number, track in
        Track(
          label: label, number: number, images: members[Key(label: label, track: track)] ?? [])
      }
    }
  }

  /// Where an image stands in its track, of every image of the split; empty where tracks are unknown.
  public var frames: [(track: Track, frame: Int)] {
    let all = tracksByClass.flatMap { track in
      track.images.enumerated().map { (image: $1, place: (track: track, frame: $0)) }
    }
    return all.sorted { $0.image < $1.image }.map(\.place)
  }
}
