#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A pipe whose ends no other program inherits; 0, or an errno value.
int gnuplot_bridge_pipe(int ends[2]);

/// A gnuplot-iostream stream into a gnuplot that somebody else has started.
typedef struct gnuplot_bridge gnuplot_bridge;

/// Takes over `descriptor`, the writing end of gnuplot's standard input. On failure returns NULL,
/// sets errno, and has closed the descriptor.
gnuplot_bridge *gnuplot_bridge_open(int descriptor);

/// Writes and flushes; 0, or an errno value (EPIPE when gnuplot has gone). Never raises SIGPIPE.
int gnuplot_bridge_send(gnuplot_bridge *bridge, const char *text, size_t length);

/// Closes gnuplot's standard input, which ends it.
void gnuplot_bridge_close(gnuplot_bridge *bridge);

#ifdef __cplusplus
}
#endif
