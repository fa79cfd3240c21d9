#pragma once
#include <cblas.h>
#include <stddef.h>

/// LAPACK's Cholesky factorisation of a column-major matrix, which OpenBLAS has without a header.
void dpotrf_(const char *triangle, const blasint *order, double *matrix, const blasint *leading,
             blasint *info);

/// LAPACK's eigenvalues and eigenvectors of a symmetric column-major matrix, by relatively robust
/// representations. The last three are the lengths of the texts, which Fortran hands over unseen.
void dsyevr_(const char *job, const char *range, const char *triangle, const blasint *order,
             double *matrix, const blasint *leading, const double *lower, const double *upper,
             const blasint *first, const blasint *last, const double *tolerance, blasint *found,
             double *values, double *vectors, const blasint *vectorsLeading, blasint *support,
             double *work, const blasint *workSize, blasint *places, const blasint *placeCount,
             blasint *info, size_t jobLength, size_t rangeLength, size_t triangleLength);

// Not in the header; missing in builds without threads.
extern int blas_thread_shutdown_(void) __attribute__((weak));

/// Ends the threads that OpenBLAS starts when it is loaded.
static inline void waymark_end_blas_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
