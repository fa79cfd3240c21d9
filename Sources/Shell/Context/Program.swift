/// The program's own facts.
public enum Program {
  public static let version = "0.1.0"
}
