import System

/// Which characters the fonts of this machine have, as fontconfig knows it, of which gnuplot's drawing
/// library asks too. It is opened at run time: it comes with gnuplot, and nothing else needs it.
struct InstalledFonts {
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
    let have = FontConfig.hasFont(for: scalar) ?? (scalar.value < 0x2600)
    known[scalar] = have
    return have
  }
}

extension PictureStyle {
  /// Whether this machine has a font; true where that cannot be told.
  public static func hasFont(_ family: String) -> Bool {
    ["sans", "serif", "mono", "monospace"].contains(family.lowercased())
      || FontConfig.hasFamily(family) ?? true
  }
}

/// What of libfontconfig is needed (`fontconfig.h`).
private enum FontConfig {
  private typealias Object = OpaquePointer?
  private typealias Make = @convention(c) () -> Object
  private typealias Destroy = @convention(c) (Object) -> Void

  /// Nil where there is no fontconfig.
  nonisolated(unsafe) private static let library: UnsafeMutableRawPointer? = {
    guard let library = dlopen("libfontconfig.so.1", RTLD_NOW | RTLD_LOCAL),
      let start: @convention(c) () -> Int32 = function("FcInit", of: library), start() != 0
    else { return nil }
    return library
  }()

  private static func function<Function>(
    _ name: String, of library: UnsafeMutableRawPointer
  ) -> Function? {
    dlsym(library, name).map { unsafeBitCast($0, to: Function.self) }
  }

  /// Whether there is a font of this name; nil if that cannot be told.
  static func hasFamily(_ family: String) -> Bool? {
    guard let library,
      let makePattern: Make = function("FcPatternCreate", of: library),
      let makeObjects: Make = function("FcObjectSetCreate", of: library),
      let destroyPattern: Destroy = function("FcPatternDestroy", of: library),
      let destroyObjects: Destroy = function("FcObjectSetDestroy", of: library),
      let destroyFonts: Destroy = function("FcFontSetDestroy", of: library),
      let addText: @convention(c) (Object, UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32 =
        function(
          "FcPatternAddString", of: library),
      let list: @convention(c) (Object, Object, Object) -> Object = function(
        "FcFontList", of: library)
    else { return nil }
    let (pattern, objects) = (makePattern(), makeObjects())
    defer {
      destroyPattern(pattern)
      destroyObjects(objects)
    }
    guard addText(pattern, "family", family) != 0, let fonts = list(nil, pattern, objects) else {
      return nil
    }
    defer { destroyFonts(fonts) }
    return UnsafeRawPointer(fonts).load(as: Int32.self) > 0
  }

  /// Whether a font that can be drawn in any size has the character; nil if that cannot be told.
  static func hasFont(for scalar: Unicode.Scalar) -> Bool? {
    guard let library,
      let makePattern: Make = function("FcPatternCreate", of: library),
      let makeCharacters: Make = function("FcCharSetCreate", of: library),
      let makeObjects: Make = function("FcObjectSetCreate", of: library),
      let destroyPattern: Destroy = function("FcPatternDestroy", of: library),
      let destroyCharacters: Destroy = function("FcCharSetDestroy", of: library),
      let destroyObjects: Destroy = function("FcObjectSetDestroy", of: library),
      let destroyFonts: Destroy = function("FcFontSetDestroy", of: library),
      let addCharacter: @convention(c) (Object, UInt32) -> Int32 = function(
        "FcCharSetAddChar", of: library),
      let addCharacters: @convention(c) (Object, UnsafePointer<CChar>, Object) -> Int32 = function(
        "FcPatternAddCharSet", of: library),
      let addFlag: @convention(c) (Object, UnsafePointer<CChar>, Int32) -> Int32 = function(
        "FcPatternAddBool", of: library),
      // Configuration (nil for the present one), pattern, properties → a set of fonts, whose first
      // field is their number.
      let list: @convention(c) (Object, Object, Object) -> Object = function(
        "FcFontList", of: library)
    else { return nil }
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
