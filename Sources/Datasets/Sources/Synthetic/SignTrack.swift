internal import Randomness
internal import System

/// One physical sign that a car drives towards: what stays the same from frame to frame, and
/// how the rest drifts.
struct SignTrack {
  /// Half the sign's width as a share of half the image's, from far to near.
  private let scales: (far: Float, near: Float)
  private let rotation: Wander
  private let horizontal: Wander
  private let vertical: Wander
  private let squeeze: Wander
  private let shear: Wander
  private let perspective: (across: Wander, down: Wander)
  private let exposure: Wander
  private let backlight: Wander
  private let cast: SIMD4<Float>
  private let saturation: Float
  private let haze: Float
  private let blur: Float
  private let noise: Float
  private let panning: SIMD2<Float>
  private let origin: SIMD2<Float>
  let surroundings: Surroundings

  init(_ random: inout RandomStream) {
    scales = (random.uniform(in: 0.71..<0.77), random.uniform(in: 0.83..<0.89))
    rotation = Wander(centre: 1.2 * random.normal(), reach: 3, &random)
    horizontal = Wander(centre: 0.008 * random.normal(), reach: 0.025, &random)
    vertical = Wander(centre: 0.008 * random.normal(), reach: 0.025, &random)
    squeeze = Wander(centre: 0.98 + 0.01 * random.normal(), reach: 0.05, &random)
    shear = Wander(centre: 0.01 * random.normal(), reach: 0.03, &random)
    perspective = (
      Wander(centre: 0.01 * random.normal(), reach: 0.06, &random),
      Wander(centre: 0.01 * random.normal(), reach: 0.04, &random)
    )
    exposure = Wander(
      centre: max(-1.7, min(0.4, -0.5 + 0.4 * random.normal())), reach: 0.5, &random)
    backlight = Wander(centre: -0.1 + 0.25 * random.normal(), reach: 0.5, &random)
    let warmth = 0.06 * random.normal()
    cast = SIMD4(1 + warmth, 1 + 0.04 * random.normal(), 1 - warmth, 1)
    saturation = random.uniform(in: 0.75..<1.1)
    haze = random.uniform() < 0.3 ? random.uniform(in: 0..<0.15) : 0.02
    blur = 0.18 + 0.1 * abs(random.normal())
    noise = random.uniform(in: 0.006..<0.02)
    panning = SIMD2(random.uniform() < 0.5 ? -1 : 1, random.uniform(in: -0.5..<0.5))
    origin = panning * -0.5 + SIMD2(0, random.uniform(in: -0.3..<0.3))
    surroundings = Surroundings(&random)
  }

  /// The frame at `time` in 0 … 1 of the approach.
  func frame(at time: Float, size: Int, _ random: inout RandomStream) -> SignFrame {
    let scale = scales.far * exp(time * log(scales.near / scales.far))
    let angle = rotation.value(at: time) + random.normal()
    let (s, c) = (sine(angle), sine(angle + 90))
    let x = SIMD2(c, s) / (scale * squeeze.value(at: time))
    let y = SIMD2(-s, c) / scale
    let centre = SIMD2(horizontal.value(at: time), vertical.value(at: time))
    let jitter = SIMD2(random.normal(), random.normal()) * 0.012
    let light = cast * exp(exposure.value(at: time) + 0.1 * random.normal())
    let unsharp = (blur + 0.15 * (1 - time)) * Float(size) / 32
    let shaken = random.uniform() < 0.06
    let motion = SIMD2(random.uniform(), random.uniform()) * (shaken ? Float(size) / 32 : 0)
    return SignFrame(
      centre: centre + jitter, across: x + shear.value(at: time) * y, down: y,
      perspective: SIMD2(perspective.across.value(at: time), perspective.down.value(at: time)),
      density: scale * Float(size), backdropCentre: origin + panning * time,
      backdropExtent: 0.2 + 0.14 * time, light: light,
      backlight: light * exp(backlight.value(at: time)), saturation: saturation,
      haze: haze, blur: SIMD2(unsharp, unsharp) + motion, noise: noise,
      grainOffset: random.index(below: Grain.count))
  }
}

/// One frame of a track: where everything lies and how it is lit.
///
/// Image positions span −1 … 1.
struct SignFrame {
  var centre: SIMD2<Float>
  /// The sign's coordinates (−1 … 1 over its template) are these products with the distance
  /// from the centre, over 1 + the product with `perspective`.
  var across: SIMD2<Float>
  var down: SIMD2<Float>
  var perspective: SIMD2<Float>
  /// Pixels of the image across the sign.
  var density: Float
  var backdropCentre: SIMD2<Float>
  /// Half the image's width as a share of half the backdrop's.
  var backdropExtent: Float
  var light: SIMD4<Float>
  var backlight: SIMD4<Float>
  var saturation: Float
  var haze: Float
  /// Standard deviations in pixels, across and down.
  var blur: SIMD2<Float>
  var noise: Float
  var grainOffset: Int

  /// The columns and rows that are seen of a backdrop `side` pixels wide.
  func view(of side: Int) -> (columns: Range<Int>, rows: Range<Int>) {
    let half = Float(side) / 2
    let first = (backdropCentre + 1 - backdropExtent) * half - 1
    let last = (backdropCentre + 1 + backdropExtent) * half + 1
    let bounds = 0..<side
    return (
      (Int(first.x)..<Int(last.x) + 1).clamped(to: bounds),
      (Int(first.y)..<Int(last.y) + 1).clamped(to: bounds)
    )
  }
}

/// A value that swings slowly around a centre.
private struct Wander {
  private let centre: Float
  private let reach: Float
  private let turns: Float
  private let phase: Float

  init(centre: Float, reach: Float, _ random: inout RandomStream) {
    self.centre = centre
    self.reach = reach * random.uniform(in: 0.4..<1)
    turns = random.uniform(in: 0.4..<1.6)
    phase = random.uniform()
  }

  func value(at time: Float) -> Float { centre + reach * sine(360 * (turns * time + phase)) }
}

/// What touches a sign: its post, a plate below, a shadow on it, leaves before it.
struct Surroundings {
  /// Half the width of the post, in the sign's coordinates.
  let post: Float
  let postColour: SIMD4<Float>
  /// Half the width of the plate below; 0 without one.
  let plate: Float
  let plateColour: SIMD4<Float>
  /// The shadow lies where the product with (u, v, 1) is positive.
  let shadowEdge: SIMD3<Float>
  let shadow: Float
  /// Centre u, v and radius of up to two leaves.
  let leaves: [SIMD3<Float>]
  let leafColour: SIMD4<Float>

  init(_ random: inout RandomStream) {
    post = random.uniform() < 0.7 ? random.uniform(in: 0.04..<0.1) : 0
    let grey = random.uniform(in: 0.1..<0.7)
    postColour = SIMD4(grey, grey, grey, 1)
    plate = random.uniform() < 0.25 ? random.uniform(in: 0.5..<1) : 0
    let bright = random.uniform(in: 0.3..<0.95)
    let red = random.uniform() < 0.3
    plateColour = red ? [0.7, 0.12, 0.12, 1] : SIMD4(bright, bright, bright, 1)
    let angle = random.uniform(in: 0..<360)
    shadowEdge = SIMD3(sine(angle), sine(angle + 90), random.uniform(in: -0.6..<0.6))
    shadow = random.uniform() < 0.2 ? random.uniform(in: 0.35..<0.8) : 1
    let count = random.uniform() < 0.07 ? 1 + random.index(below: 2) : 0
    leaves = (0..<count).map { _ in
      let angle = random.uniform(in: 0..<360)
      return SIMD3(
        0.85 * sine(angle), 0.85 * sine(angle + 90), random.uniform(in: 0.15..<0.4))
    }
    leafColour = SIMD4(0.16, 0.2, 0.07, 1) * random.uniform(in: 0.5..<1.5)
  }
}
