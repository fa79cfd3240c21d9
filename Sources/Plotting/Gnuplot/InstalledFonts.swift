import System

/// Which characters the fonts of this machine have, as fontconfig knows it, of which gnuplot's drawing
/// library asks too. It is opened at run time: it comes with gnuplot, and nothing else needs it.
struct InstalledFonts {
  private let library = FontConfig.opened
  private var known: [Unicode.Scalar: Bool] = [:]

  /// Whether some font that can be drawn in any size has all of a character.
  mutating func have(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { have($0) }
  }

  private mutating func have(_ scalar: Unicode.Scalar) -> Bool {
    // Marks that only join or choose have no picture of their own.
    if scalar.isASCII || scalar.properties.isDefaultIgnorableCodePoint { return true }
    if let known = known[scalar] { return known }
    // Without fontconfig: the scripts and signs that common fonts have.
    let have = library?.hasFont(for: scalar) ?? (scalar.value < 0x2600)
    known[scalar] = have
    return have
  }
}

/// The functions of libfontconfig that are needed (`fontconfig.h`).
private struct FontConfig: Sendable {
  private typealias Make = @convention(c) () -> OpaquePointer?
  private typealias Destroy = @convention(c) (OpaquePointer?) -> Void

  private let makePattern: Make
  private let makeCharacters: Make
  private let makeObjects: Make
  private let destroyPattern: Destroy
  private let destroyCharacters: Destroy
  private let destroyObjects: Destroy
  private let destroyFonts: Destroy
  private let addCharacter: @convention(c) (OpaquePointer?, UInt32) -> Int32
  private let addCharacters:
    @convention(c) (OpaquePointer?, UnsafePointer<CChar>, OpaquePointer?) -> Int32
  private let addFlag: @convention(c) (OpaquePointer?, UnsafePointer<CChar>, Int32) -> Int32
  /// Configuration (nil for the present one), pattern, properties → a set of fonts, whose first field
  /// is their number.
  private let list:
    @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?

  /// Nil where there is no fontconfig.
  static let opened = FontConfig()

  private init?() {
    guard let library = dlopen("libfontconfig.so.1", RTLD_NOW | RTLD_LOCAL) else { return nil }
    func function<Function>(_ name: String, _: Function.Type = Function.self) -> Function? {
      dlsym(library, name).map { unsafeBitCast($0, to: Function.self) }
    }
    guard let start = function("FcInit", (@convention(c) () -> Int32).self), start() != 0,
      let makePattern = function("FcPatternCreate", Make.self),
      let makeCharacters = function("FcCharSetCreate", Make.self),
      let makeObjects = function("FcObjectSetCreate", Make.self),
      let destroyPattern = function("FcPatternDestroy", Destroy.self),
      let destroyCharacters = function("FcCharSetDestroy", Destroy.self),
      let destroyObjects = function("FcObjectSetDestroy", Destroy.self),
      let destroyFonts = function("FcFontSetDestroy", Destroy.self),
      let addCharacter = function(
        "FcCharSetAddChar", (@convention(c) (OpaquePointer?, UInt32) -> Int32).self),
      let addCharacters = function(
        "FcPatternAddCharSet",
        (@convention(c) (OpaquePointer?, UnsafePointer<CChar>, OpaquePointer?) -> Int32).self),
      let addFlag = function(
        "FcPatternAddBool",
        (@convention(c) (OpaquePointer?, UnsafePointer<CChar>, Int32) -> Int32).self),
      let list = function(
        "FcFontList",
        (@convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?).self)
    else { return nil }
    self.makePattern = makePattern
    self.makeCharacters = makeCharacters
    self.makeObjects = makeObjects
    self.destroyPattern = destroyPattern
    self.destroyCharacters = destroyCharacters
    self.destroyObjects = destroyObjects
    self.destroyFonts = destroyFonts
    self.addCharacter = addCharacter
    self.addCharacters = addCharacters
    self.addFlag = addFlag
    self.list = list
  }

  /// Whether a font that can be drawn in any size has the character; nil if that cannot be told.
  func hasFont(for scalar: Unicode.Scalar) -> Bool? {
    let (pattern, characters, objects) = (makePattern(), makeCharacters(), makeObjects())
    defer {
      destroyPattern(pattern)
      destroyCharacters(characters)
      destroyObjects(objects)
    }
    guard addCharacter(characters, scalar.value) != 0,
      addCharacters(pattern, "charset", characters) != 0, addFlag(pattern, "scalable", 1) != 0,
      let fonts = list(nil, pattern, objects)
    else { return nil }
    defer { destroyFonts(fonts) }
    return UnsafeRawPointer(fonts).load(as: Int32.self) > 0
  }
}
