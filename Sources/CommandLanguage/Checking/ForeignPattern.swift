/// What other languages look like, read once: a pattern is never changed, and matching it changes
/// nothing that others see.
enum ForeignPattern {
  nonisolated(unsafe) static let countedFor =
    /for\s*\(\s*(?:\w+\s+)?(\w+)\s*=\s*(\S+?)\s*;\s*\w+\s*(<=?)\s*([^;]+?)\s*;[^)]*\)/
  nonisolated(unsafe) static let dictionary = /[=(,]\s*(\{\s*(?:["'\w$][^{}]*)?\}?)/
  nonisolated(unsafe) static let comment = /^\s*(\/\/|--|\/\*).*/
  nonisolated(unsafe) static let forIn = /^\s*(for)\s+(\w+)\s+in\s+(.+?)\s*(:)\s*(.*)$/
  nonisolated(unsafe) static let forTwo =
    /^\s*for\s+(\w+)\s*(,)\s*(\w+)\s+in\s+(?:enumerate\((.+)\)|.+?)\s*:?\s*$/
  nonisolated(unsafe) static let whileColon = /^\s*(while)\s+(.+?)\s*(:)\s*(.*)$/
  nonisolated(unsafe) static let ifColon = /^\s*(if|elif)\s+(.+?)\s*(:)\s*(.*)$/
  nonisolated(unsafe) static let elseIf = /^\s*(else\s+if|elseif|elsif)\b\s*(.*?)\s*:?\s*$/
  nonisolated(unsafe) static let elseColon = /^\s*else\s*(:).*$/
  nonisolated(unsafe) static let definition =
    /^\s*(def|func|fn)\s+(\w+)\s*\(([^()]*)\)?\s*(?:->[^:{]*)?[:{]?\s*(?:return\s+(.+?))?\s*$/
  nonisolated(unsafe) static let method = /\$?([A-Za-z_]\w*)(\.([a-z]+))\(\s*\)/
  nonisolated(unsafe) static let singleWord = /\$?[\w.-]+|"[^"]*"/
  nonisolated(unsafe) static let tryColon = /^\s*(try)\s*(:).*$/
  nonisolated(unsafe) static let except = /^\s*(except|catch|finally|rescue)\b.*$/
  nonisolated(unsafe) static let otherBlock = /^\s*(with|class|async|match|switch)\b.*:?\s*$/
  nonisolated(unsafe) static let foreach =
    /^\s*(foreach)\s*\(?\s*\$?(\w+)\s+(?:in|as)\s+(\S+?)\)?\s*$/
  nonisolated(unsafe) static let augmented =
    /^\s*(?:let\s+)?\$?([A-Za-z_]\w*)\s*(\*\*|\/\/|[-+*\/%^])=\s*(.*?)\s*$/
  nonisolated(unsafe) static let increment = /^\s*\$?([A-Za-z_]\w*)(\+\+|--)\s*$/
  nonisolated(unsafe) static let spacedIncrement = /^\s*\$?([A-Za-z_]\w*)\s+(\+\+|--)\s*$/
  nonisolated(unsafe) static let declaration =
    /^\s*(const|var|int|float|double|string|bool|set|local|my|auto)\s+\$?([A-Za-z_]\w*)\s*:?=\s*(.+?)\s*$/
  nonisolated(unsafe) static let assignedChoice =
    /^\s*(?:let\s+)?([A-Za-z_]\w*)\s*=\s*(.+?)\s+(if)\s+(.+?)\s+else\s+(.+?)\s*$/
  nonisolated(unsafe) static let assignedQuestion =
    /^\s*(?:let\s+)?([A-Za-z_]\w*)\s*=\s*(.+?)\s*(\?)\s*(.+?)\s*:\s*(.+?)\s*$/
  nonisolated(unsafe) static let choice =
    /\(\s*([^()]+?)\s+(if)\s+([^()]+?)\s+else\s+([^()]+?)\s*\)/
  nonisolated(unsafe) static let question = /\(\s*([^()]+?)\s*(\?)\s*([^()]+?)\s*:\s*([^()]+?)\s*\)/
  nonisolated(unsafe) static let otherSign = /^\s*(?:let\s+)?([A-Za-z_]\w*)\s*(:=|==)\s*(.+?)\s*$/
  nonisolated(unsafe) static let signedName = /^\s*\$([A-Za-z_]\w*)\s*=\s*(.+?)\s*$/
  nonisolated(unsafe) static let plainAssignment = /^\s*([A-Za-z_]\w*)\s*(=)(?!=)\s*(.+?)\s*$/
  nonisolated(unsafe) static let twoNames =
    /^\s*(?:let\s+)?(\w+)\s*(,)\s*(\w+)\s*=\s*([^,]+?)\s*,\s*([^,]+?)\s*$/
  nonisolated(unsafe) static let member = /^\s*\$?([A-Za-z_]\w*)(\.append|\.extend)\((.*)\)\s*$/
  nonisolated(unsafe) static let pass = /^\s*(pass)\s*$/
  nonisolated(unsafe) static let continuing = /^\s*(continue)\s*$/
  nonisolated(unsafe) static let deletion = /^\s*(del)\s+(\S+).*$/
  nonisolated(unsafe) static let assertion = /^\s*(assert)\b.*$/
  nonisolated(unsafe) static let otherWord = /^\s*(raise|throw|global|nonlocal|yield|await)\b.*$/
  nonisolated(unsafe) static let comprehension = /(\[\s*(.+?)\s+for\s+(\w+)\s+in\s+(.+?)\s*\])/
  nonisolated(unsafe) static let lambda = /(lambda)\s+([\w\s,]*?)\s*:\s*([^,)]+)/
  nonisolated(unsafe) static let prefixedText = /([fFrRbB])("(?:[^"\\]|\\.)*"|'[^']*')/
  nonisolated(unsafe) static let tripleQuote = /("""|''')/
  nonisolated(unsafe) static let shellValue = /(\$\()\s*(.*?)\)/
  nonisolated(unsafe) static let condition = /^\s*(if|elif|while)\s+(.*?)\s*$/
  nonisolated(unsafe) static let conditionSign =
    /&&|\|\||<>|\bis\b|\bnot\s+in\b|[=!]==|!(?=[A-Za-z$(])/
  nonisolated(unsafe) static let openRange = /(-?\d+|\$\w+)(\.\.)(\w+\([^()]*\))/
  nonisolated(unsafe) static let otherFunction =
    /\b((len|avg|average|std|stdev|str|int|float|sorted|set|reversed|enumerate|pow|list|tuple|bool|range)\()/
  nonisolated(unsafe) static let otherOperator =
    /(\$?[\w.]+(?:\([^()]*\))?)\s*(\*\*|\/\/|&&|\|\||<>)\s*(\$?[\w.]+(?:\([^()]*\))?)/
  nonisolated(unsafe) static let slice = /(\$?[A-Za-z_]\w*)\[([^\]:]*(:)[^\]:]*)\]/
  nonisolated(unsafe) static let tuple = /=\s*(\(([^()]*,[^()]*)\))/
  nonisolated(unsafe) static let signedNumber = /(\$\w+|[0-9.]+|\))\s+([-+])([0-9.]+|\$\w+)(?:\s|$)/
  nonisolated(unsafe) static let twoTexts = /=\s*("[^"]*"|'[^']*')\s*("[^"]*"|'[^']*')\s*$/

  // Parts of expressions.
  nonisolated(unsafe) static let text = /[fF]?"(?:[^"\\]|\\.)*"|[fF]?'[^']*'/
  nonisolated(unsafe) static let number = /[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?%?(?:\.\.-?[0-9]+)?/
  nonisolated(unsafe) static let floorDivision = /\/\//
  nonisolated(unsafe) static let operatorSign = /\*\*|&&|\|\||[=!]==|[<>=!]=|<>|[-+*\/%^<>]/
  nonisolated(unsafe) static let objectName = /[A-Za-z_][A-Za-z0-9_.\-]*/
  nonisolated(unsafe) static let name = /\$?\{?[A-Za-z_][A-Za-z0-9_.]*\}?/
  nonisolated(unsafe) static let operand = /\$?[A-Za-z0-9_.]+/
  nonisolated(unsafe) static let argumentName = /^\s*([A-Za-z_]\w*)\s*=(?!=)/
  nonisolated(unsafe) static let placeholder = /\{([A-Za-z_]\w*)(?:[:!][^}]*)?\}/
}
