#include "GnuplotBridge.h"
#include <gnuplot-iostream.h>
int gnuplot_bridge_version(void) { return 1; }
