#pragma once
#include <stddef.h>
#include <cblas.h>

// OpenBLAS carries all of LAPACK as Fortran symbols, but the package ships no C header for them. These are
// the routines Granary calls. Matrices are column-major, integers are 32 bits, every argument is passed by
// address, and each character argument adds its length as a trailing size_t.

// Least squares or minimum norm by an orthogonal factorisation of a full-rank matrix.
void dgels_(const char *trans, const int *m, const int *n, const int *nrhs, double *a, const int *lda, double *b,
            const int *ldb, double *work, const int *lwork, int *info, size_t trans_length);

// Cholesky factor of a symmetric positive definite matrix.
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info, size_t uplo_length);

// Solution of a linear system from that factor.
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda, double *b,
             const int *ldb, int *info, size_t uplo_length);

// All eigenvalues and eigenvectors of a symmetric matrix, divide and conquer.
void dsyevd_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
             const int *lwork, int *iwork, const int *liwork, int *info, size_t jobz_length, size_t uplo_length);
