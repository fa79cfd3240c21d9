extension String {
  /// As running text of a LaTeX document: nothing in it is a command, and nothing becomes another sign,
  /// as two hyphens do. Letters of European languages stay as they are, which LaTeX reads since 2018;
  /// signs of mathematics and Greek letters become its commands.
  public var asTeX: String {
    var result = ""
    var last: Unicode.Scalar = " "
    for scalar in withoutControls.unicodeScalars {
      // Ligatures: an en dash of hyphens, quotation marks, `?` and `!` turned over.
      if scalar == last, "-,'".unicodeScalars.contains(scalar) { result += "{}" }
      if scalar == "`", "?!".unicodeScalars.contains(last) { result += "{}" }
      if let command = commands[scalar] {
        result += command
      } else {
        result.unicodeScalars.append(scalar)
      }
      last = scalar
    }
    return result
  }
}

private let commands: [Unicode.Scalar: String] = {
  var commands: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}",
    // Some languages of babel make a command of it.
    "\"": "\\char34{}",
    "…": "\\ldots{}", "–": "--", "—": "---", "\u{A0}": "~",
  ]
  for scalar in "{}$&#%_".unicodeScalars { commands[scalar] = "\\\(scalar)" }
  let signs: KeyValuePairs<Unicode.Scalar, String> = [
    "±": "\\pm", "×": "\\times", "·": "\\cdot", "−": "-", "≤": "\\le", "≥": "\\ge", "≠": "\\ne",
    "≈": "\\approx", "→": "\\rightarrow", "←": "\\leftarrow", "↑": "\\uparrow",
    "↓": "\\downarrow", "°": "^\\circ", "∞": "\\infty", "√": "\\surd", "∑": "\\sum",
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\epsilon",
    "ζ": "\\zeta", "η": "\\eta", "θ": "\\theta", "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu",
    "µ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "π": "\\pi", "ρ": "\\rho", "σ": "\\sigma",
    "τ": "\\tau", "φ": "\\phi", "χ": "\\chi", "ψ": "\\psi", "ω": "\\omega", "Γ": "\\Gamma",
    "Δ": "\\Delta", "Θ": "\\Theta", "Λ": "\\Lambda", "Π": "\\Pi", "Σ": "\\Sigma", "Φ": "\\Phi",
    "Ψ": "\\Psi", "Ω": "\\Omega", "²": "^2", "³": "^3",
  ]
  for (scalar, command) in signs { commands[scalar] = "\\ensuremath{\(command)}" }
  return commands
}()
