#pragma once
#include <cblas.h>

/// LAPACK's Cholesky factorisation of a column-major matrix, which OpenBLAS has without a header.
void dpotrf_(const char *triangle, const blasint *order, double *matrix, const blasint *leading,
             blasint *info);
