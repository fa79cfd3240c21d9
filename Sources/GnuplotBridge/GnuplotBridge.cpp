#include "GnuplotBridge.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <gnuplot-iostream.h>
#include <unistd.h>

namespace {

/// Keeps SIGPIPE from this thread while it lives, without touching the program's own handlers.
class PipeSignalGuard {
public:
  PipeSignalGuard() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    wasPending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }

  ~PipeSignalGuard() {
    const timespec now = {0, 0};
    if (!wasPending_)
      while (sigtimedwait(&pipe_, nullptr, &now) == -1 && errno == EINTR) {
      }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

  PipeSignalGuard(const PipeSignalGuard &) = delete;
  PipeSignalGuard &operator=(const PipeSignalGuard &) = delete;

private:
  sigset_t pipe_, before_;
  bool wasPending_;
};

} // namespace

struct gnuplot_bridge {
  explicit gnuplot_bridge(FILE *file) : stream(file) {}
  Gnuplot stream;
};

int gnuplot_bridge_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

gnuplot_bridge *gnuplot_bridge_open(int descriptor) {
  FILE *file = fdopen(descriptor, "w");
  if (file == nullptr) {
    const int reason = errno;
    close(descriptor);
    errno = reason;
    return nullptr;
  }
  try {
    return new gnuplot_bridge(file);
  } catch (...) {
    fclose(file);
    errno = ENOMEM;
    return nullptr;
  }
}

int gnuplot_bridge_send(gnuplot_bridge *bridge, const char *text, size_t length) {
  const PipeSignalGuard guard;
  try {
    errno = 0;
    bridge->stream.write(text, static_cast<std::streamsize>(length));
    bridge->stream.flush();
    if (bridge->stream.good())
      return 0;
  } catch (...) {
  }
  return errno == 0 ? EPIPE : errno;
}

void gnuplot_bridge_close(gnuplot_bridge *bridge) {
  const PipeSignalGuard guard;
  try {
    delete bridge;
  } catch (...) {
  }
}
