import System
import Testing

@Test(
  arguments: [
    (["TERM": "xterm"], true, true, false), (["TERM": "xterm"], false, false, true),
    (["TERM": "dumb"], true, false, true), (["NO_COLOR": "1"], true, false, false),
    (["NO_COLOR": ""], true, true, false), (["CLICOLOR_FORCE": "1"], false, true, true),
    (["CLICOLOR_FORCE": "0"], false, false, true),
    (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false, false),
    (["ACCESSIBLE": "1"], true, true, true), (["ACCESSIBLE": "0"], true, true, false),
  ] as [([String: String], Bool, Bool, Bool)])
func environmentDecides(
  environment: [String: String], isTerminal: Bool, isColoured: Bool, isPlain: Bool
) {
  let info = TerminalInfo(1, isTerminal: isTerminal) { environment[$0] }
  #expect(info.isColoured == isColoured)
  #expect(info.isPlain == isPlain)
}
