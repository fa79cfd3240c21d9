import CommandLanguage

extension Habit {
  /// What people type who come from another shell, from Python or from a notebook.
  static let all = [
    Habit("!!", hint: "the up arrow brings the last line back, and Ctrl-R searches"),
    Habit("clear", hint: "Ctrl-L clears the screen; 'drop NAME' forgets an object"),
    Habit("cls", hint: "Ctrl-L clears the screen"),
    Habit(
      "cd", "chdir", "pushd",
      hint: "the working folder is the one where Waymark was started: name files from there"),
    Habit(
      "pwd", "cat", "less", "more", "head", "tail", "mkdir", "cp", "mv", "git", "vi", "vim", "nano",
      "touch", "grep", "sudo", "python", "python3",
      hint: "at the prompt, '!' before a line leaves it to the system's shell"),
    Habit("from", hint: "nothing has to be imported: 'help' lists all commands"),
    Habit("pip", "conda", hint: "nothing has to be installed: 'help' lists all commands"),
    Habit("open", hint: "'restore session FILE' opens a session, 'source FILE' runs a script"),
    Habit("%matplotlib", hint: "nothing has to be set: 'plot accuracy' draws in the terminal"),
    Habit(
      "plt.plot", "plt.show", "plt.imshow", "plt.figure",
      hint: "'help Plots' lists what can be drawn; '> FILE.png' behind it writes a picture"),
    Habit(
      "model.train", "model.eval",
      hint: "'pretrain' and 'run' train and 'evaluate' tests: there is no mode to be set"),
    Habit(
      "|", at: .argument,
      hint: "there are no pipes: '> FILE' writes a result, and long ones are shown page by page"),
    Habit("&", at: .argument, hint: "write ';' between two commands"),
  ]
}
