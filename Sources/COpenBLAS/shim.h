#pragma once
#include <cblas.h>

/// LAPACK's Cholesky factorisation of a column-major matrix, which OpenBLAS has without a header.
void dpotrf_(const char *triangle, const blasint *order, double *matrix, const blasint *leading,
             blasint *info);

// Not in the header; missing in builds without threads.
extern int blas_thread_shutdown_(void) __attribute__((weak));

/// Ends the threads that OpenBLAS starts when it is loaded.
static inline void waymark_end_blas_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
