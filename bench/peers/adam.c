// Adam without bias correction and epsilon on x^4/4 over a grid of beta1 x beta2, x0 = 1, in double: the work of a phase
// diagram, by hand. The state has the bits of Adamscope's kernels: the same operations, each rounded once.
//
// adam full|skip SIDE STEPS LR [RESULTS]
//
// full   every step, until a number of the state is no normal double any more, as Adamscope does at full length
// skip   also not the steps of a cycle that has come back to the last bit
//
// Prints nanoseconds of processor time a point and asked step, and the share of steps that were taken. RESULTS gets, for each
// point, doubles: x at the end, least |x|, and sqrt(v) and |g| where v/g^2 was greatest.
#define _POSIX_C_SOURCE 200809L
#include <float.h>
#include <immintrin.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __AVX512F__
#define W 8
#define U 5
typedef __m512d V;
typedef __mmask8 M;
#define SET1 _mm512_set1_pd
#define LOAD _mm512_loadu_pd
#define STORE _mm512_storeu_pd
#define ADD _mm512_add_pd
#define SUB _mm512_sub_pd
#define MUL _mm512_mul_pd
#define DIV _mm512_div_pd
#define SQRT _mm512_sqrt_pd
#define MIN _mm512_min_pd
#define ABS _mm512_abs_pd
#define GREATER(a, b) _mm512_cmp_pd_mask(a, b, _CMP_GT_OQ)
#define BLEND(a, b, m) _mm512_mask_blend_pd(m, a, b)
#else
#define W 4
#define U 5
typedef __m256d V;
typedef __m256d M;
#define SET1 _mm256_set1_pd
#define LOAD _mm256_loadu_pd
#define STORE _mm256_storeu_pd
#define ADD _mm256_add_pd
#define SUB _mm256_sub_pd
#define MUL _mm256_mul_pd
#define DIV _mm256_div_pd
#define SQRT _mm256_sqrt_pd
#define MIN _mm256_min_pd
#define ABS(a) _mm256_andnot_pd(_mm256_set1_pd(-0.0), a)
#define GREATER(a, b) _mm256_cmp_pd(a, b, _CMP_GT_OQ)
#define BLEND(a, b, m) _mm256_blendv_pd(a, b, m)
#endif
#define GROUP (W * U)
#define BLOCK (GROUP * 16)
#define WINDOW 50
// A factor of |g| without which its products with sqrt(v) underflow, long before v and g do.
#define UP 0x1p511
#define ALL _Pragma("GCC unroll 16") for (int u = 0; u < U; u++)

enum { X, MEAN, SQUARE, BETA1, REST1, BETA2, REST2, LEAST, ROOT, SLOPE, X0, MEAN0, SQUARE0, ROWS };
static double row[ROWS][BLOCK];
static int point[BLOCK], ends[BLOCK];

// One group of points through `steps` steps, in registers.
static void advance(int at, int steps, double lr) {
    V x[U], m[U], v[U], least[U], root[U], slope[U];
    V eta = SET1(lr);
    ALL {
        x[u] = LOAD(row[X] + at + u * W);
        m[u] = LOAD(row[MEAN] + at + u * W);
        v[u] = LOAD(row[SQUARE] + at + u * W);
        least[u] = LOAD(row[LEAST] + at + u * W);
        root[u] = LOAD(row[ROOT] + at + u * W);
        slope[u] = LOAD(row[SLOPE] + at + u * W);
    }
    for (int t = 0; t < steps; t++) {
        V g[U], s[U];
        ALL least[u] = MIN(ABS(x[u]), least[u]);  // NaN leaves it
        ALL g[u] = MUL(MUL(x[u], x[u]), x[u]);
        ALL m[u] = ADD(MUL(LOAD(row[BETA1] + at + u * W), m[u]), MUL(LOAD(row[REST1] + at + u * W), g[u]));
        ALL v[u] = ADD(MUL(LOAD(row[BETA2] + at + u * W), v[u]), MUL(LOAD(row[REST2] + at + u * W), MUL(g[u], g[u])));
        ALL s[u] = SQRT(v[u]);
        ALL x[u] = SUB(x[u], DIV(MUL(eta, m[u]), s[u]));
        ALL {
            V a = MUL(ABS(g[u]), SET1(UP));
            M more = GREATER(MUL(s[u], slope[u]), MUL(root[u], a));
            root[u] = BLEND(root[u], s[u], more);
            slope[u] = BLEND(slope[u], a, more);
        }
    }
    ALL {
        STORE(row[X] + at + u * W, x[u]);
        STORE(row[MEAN] + at + u * W, m[u]);
        STORE(row[SQUARE] + at + u * W, v[u]);
        STORE(row[LEAST] + at + u * W, least[u]);
        STORE(row[ROOT] + at + u * W, root[u]);
        STORE(row[SLOPE] + at + u * W, slope[u]);
    }
}

static int out_of_range(int i) {
    return !(fabs(row[X][i]) >= DBL_MIN && fabs(row[MEAN][i]) >= DBL_MIN && row[SQUARE][i] >= DBL_MIN &&
             fabs(row[X][i]) <= DBL_MAX && fabs(row[MEAN][i]) <= DBL_MAX && row[SQUARE][i] <= DBL_MAX);
}

static int back(int i) {
    return row[X][i] == row[X0][i] && row[MEAN][i] == row[MEAN0][i] && row[SQUARE][i] == row[SQUARE0][i];
}

// The bits of Adamscope's axes.
static double axis(double from, double to, int i, int points) {
    return i == points - 1 ? to : from + (double)i / (points - 1) * (to - from);
}

// All steps of up to BLOCK points; returns how many steps were taken in all.
static double run(int begin, int count, int side, int steps, double lr, int skip, double *results) {
    int running = count, done = 0, remembered = -1, at_work = (count + GROUP - 1) / GROUP * GROUP;
    double taken = 0;
    for (int i = 0; i < at_work; i++) {
        int p = begin + (i < count ? i : 0);
        double beta1 = axis(0.0131, 0.9898, p % side, side), beta2 = axis(0.01, 0.99, p / side, side);
        point[i] = p;
        ends[i] = steps;
        row[X][i] = 1;
        row[MEAN][i] = row[SQUARE][i] = row[ROOT][i] = 0;
        row[BETA1][i] = beta1;
        row[REST1][i] = 1 - beta1;
        row[BETA2][i] = beta2;
        row[REST2][i] = 1 - beta2;
        row[LEAST][i] = INFINITY;
        row[SLOPE][i] = 1;
    }
    while (running > 0) {
        int now = steps - done < WINDOW ? steps - done : WINDOW;
        for (int at = 0; at < at_work; at += GROUP) {
            advance(at, now, lr);
        }
        done += now;
        int kept = 0, window = done / WINDOW;
        for (int i = 0; i < running; i++) {
            if (skip && remembered >= 0 && ends[i] == steps && back(i)) {
                int period = window - remembered;
                ends[i] = steps - (steps / WINDOW - window) / period * period * WINDOW;
            }
            if (done >= ends[i] || out_of_range(i)) {
                double *to = results + 4L * point[i];
                double least = fabs(row[X][i]) < row[LEAST][i] ? fabs(row[X][i]) : row[LEAST][i];
                to[0] = row[X][i], to[1] = least, to[2] = row[ROOT][i], to[3] = row[SLOPE][i] / UP;
                taken += done;
            } else {
                if (kept != i) {
                    for (int r = 0; r < ROWS; r++) {
                        row[r][kept] = row[r][i];
                    }
                    point[kept] = point[i];
                    ends[kept] = ends[i];
                }
                kept++;
            }
        }
        running = kept;
        at_work = (running + GROUP - 1) / GROUP * GROUP;
        for (int i = running; i < at_work; i++) {
            for (int r = 0; r < ROWS; r++) {
                row[r][i] = row[r][0];
            }
        }
        if ((window & (window - 1)) == 0) {
            remembered = window;
            memcpy(row[X0], row[X], sizeof row[X]);
            memcpy(row[MEAN0], row[MEAN], sizeof row[X]);
            memcpy(row[SQUARE0], row[SQUARE], sizeof row[X]);
        }
    }
    return taken;
}

int main(int argc, char **argv) {
    if (argc < 5) {
        fprintf(stderr, "usage: adam full|skip SIDE STEPS LR [RESULTS]\n");
        return 2;
    }
    int skip = !strcmp(argv[1], "skip"), side = atoi(argv[2]), steps = atoi(argv[3]), points = side * side;
    double lr = atof(argv[4]), taken = 0;
    double *results = calloc(points, 4 * sizeof(double));
    struct timespec begin, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    for (int p = 0; p < points; p += BLOCK) {
        taken += run(p, points - p < BLOCK ? points - p : BLOCK, side, steps, lr, skip, results);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double seconds = end.tv_sec - begin.tv_sec + 1e-9 * (end.tv_nsec - begin.tv_nsec);
    printf("%.4f %.4f\n", 1e9 * seconds / ((double)points * steps), taken / ((double)points * steps));
    if (argc > 5) {
        FILE *file = fopen(argv[5], "wb");
        if (!file || fwrite(results, 4 * sizeof(double), points, file) != (size_t)points || fclose(file)) {
            perror(argv[5]);
            return 1;
        }
    }
    return 0;
}
