#pragma once

// libedit's entry points el_set, el_get and history take a variable number of arguments, which
// Swift cannot call. Each wrapper below passes one operation's arguments with their exact types.

#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// An editor with what its callbacks need; lives on the heap from open to close.
typedef struct waymark_editor {
  EditLine *line;
  History *history;
  /// The prompt in libedit's form; the callback's result must outlive the call.
  char prompt[1024];
  /// Whose callbacks these are.
  void *owner;
  unsigned char (*complete)(struct waymark_editor *);
  unsigned char (*paste)(struct waymark_editor *);
  unsigned char (*earlier)(struct waymark_editor *);
  unsigned char (*later)(struct waymark_editor *);
  unsigned char (*search)(struct waymark_editor *);
  unsigned char (*enter)(struct waymark_editor *);
  unsigned char (*split)(struct waymark_editor *);
} waymark_editor;

static inline waymark_editor *waymark_editor_of(EditLine *line) {
  void *editor = NULL;
  el_get(line, EL_CLIENTDATA, &editor);
  return (waymark_editor *)editor;
}

static inline char *waymark_prompt(EditLine *line) { return waymark_editor_of(line)->prompt; }

static inline unsigned char waymark_call(
    EditLine *line, unsigned char (*body)(waymark_editor *), waymark_editor *editor) {
  (void)line;
  return body ? body(editor) : CC_ERROR;
}

static inline unsigned char waymark_on_complete(EditLine *line, int character) {
  (void)character;
  waymark_editor *editor = waymark_editor_of(line);
  return waymark_call(line, editor->complete, editor);
}

static inline unsigned char waymark_on_paste(EditLine *line, int character) {
  (void)character;
  waymark_editor *editor = waymark_editor_of(line);
  return waymark_call(line, editor->paste, editor);
}

static inline unsigned char waymark_on_earlier(EditLine *line, int character) {
  (void)character;
  waymark_editor *editor = waymark_editor_of(line);
  return waymark_call(line, editor->earlier, editor);
}

static inline unsigned char waymark_on_later(EditLine *line, int character) {
  (void)character;
  waymark_editor *editor = waymark_editor_of(line);
  return waymark_call(line, editor->later, editor);
}

static inline unsigned char waymark_on_search(EditLine *line, int character) {
  (void)character;
  waymark_editor *editor = waymark_editor_of(line);
  return waymark_call(line, editor->search, editor);
}

static inline unsigned char waymark_on_enter(EditLine *line, int character) {
  (void)character;
  waymark_editor *editor = waymark_editor_of(line);
  return waymark_call(line, editor->enter, editor);
}

static inline unsigned char waymark_on_split(EditLine *line, int character) {
  (void)character;
  waymark_editor *editor = waymark_editor_of(line);
  return waymark_call(line, editor->split, editor);
}

/// Chooses a UTF-8 locale for characters, and leaves numbers in the C locale; 0 when there is none.
static inline int waymark_use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
  setlocale(LC_CTYPE, "C.UTF-8");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static inline void waymark_bind(EditLine *line, const char *key, const char *command) {
  el_set(line, EL_BIND, key, command, (char *)NULL);
}

/// Opens an editor on the terminal, or NULL. The order matters: EL_EDITOR resets all keys.
static inline waymark_editor *waymark_editor_open(const char *name) {
  waymark_editor *editor = (waymark_editor *)calloc(1, sizeof(waymark_editor));
  if (!editor) return NULL;
  editor->line = el_init(name, stdin, stdout, stderr);
  if (!editor->line) {
    free(editor);
    return NULL;
  }
  EditLine *line = editor->line;
  el_set(line, EL_CLIENTDATA, (void *)editor);
  el_set(line, EL_PROMPT_ESC, waymark_prompt, '\001');
  el_set(line, EL_EDITOR, "emacs");
  editor->history = history_init();
  if (editor->history) {
    HistEvent event;
    history(editor->history, &event, H_SETSIZE, 10000);
    history(editor->history, &event, H_SETUNIQUE, 1);
    el_set(line, EL_HIST, history, editor->history);
  }
  el_set(line, EL_ADDFN, "waymark-complete", "offer what may stand here", waymark_on_complete);
  el_set(line, EL_ADDFN, "waymark-paste", "take a bracketed paste", waymark_on_paste);
  el_set(line, EL_ADDFN, "waymark-earlier", "an earlier entry with this start", waymark_on_earlier);
  el_set(line, EL_ADDFN, "waymark-later", "a later entry with this start", waymark_on_later);
  el_set(line, EL_ADDFN, "waymark-search", "search the history", waymark_on_search);
  el_set(line, EL_ADDFN, "waymark-enter", "carry out, or begin another line", waymark_on_enter);
  el_set(line, EL_ADDFN, "waymark-split", "begin another line", waymark_on_split);
  return editor;
}

/// After the bindings: signals reach our handler, and the user's own editrc has the last word.
static inline void waymark_editor_begin(waymark_editor *editor) {
  el_set(editor->line, EL_SIGNAL, 1);
  el_source(editor->line, NULL);
}

static inline void waymark_editor_enter(waymark_editor *editor, const char *entry) {
  HistEvent event;
  if (editor->history) history(editor->history, &event, H_ENTER, entry);
}

static inline void waymark_editor_close(waymark_editor *editor) {
  el_end(editor->line);
  if (editor->history) history_end(editor->history);
  free(editor);
}

static inline void waymark_editor_set_prompt(waymark_editor *editor, const char *prompt) {
  strncpy(editor->prompt, prompt, sizeof(editor->prompt) - 1);
}

// Keys that are typed as soon as the prompt is there find the terminal ready: libedit itself would
// turn off its echo only after the prompt.
static inline void waymark_editor_prepare(waymark_editor *editor) {
  el_set(editor->line, EL_PREP_TERM, 1);
}

static inline void waymark_editor_redraw(waymark_editor *editor) {
  el_set(editor->line, EL_REFRESH);
}

/// Writes through the same buffer as libedit.
static inline void waymark_write(const char *text) {
  fputs(text, stdout);
  fflush(stdout);
}
