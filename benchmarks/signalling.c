/* The signalling game of trees.py by hand: two types, two messages, two replies, binary throughout.

   The peer of assay.solvers.many_trees: the same steps in the same order (follow uniform play in the share of precision,
   Newton, the same limits), written for this one game. LANES 8 with -ffast-math lets the compiler take eight games at a
   time; LANES 1 is the plain loop. Ends are numbered type * 4 + message * 2 + reply. */
#include <math.h>
#ifndef LANES
#define LANES 8
#endif
#define EACH for (int l = 0; l < LANES; l++)

typedef struct {
  double u[8][LANES], v[8][LANES];     /* payoffs of sender and receiver */
  double q[2];                         /* shares of the types */
  double full[LANES], lam[LANES];      /* precision asked for, and now */
  double x[4][LANES], start[4][LANES]; /* log-odds: sender's types, receiver after each message */
  double p[4][LANES], gap[4][LANES];   /* probabilities of the second move; what the equations miss */
  double off[LANES], last[LANES], sign[LANES], fine[LANES];
} Desk;

static void values(Desk *d) {
  _Pragma("omp simd") EACH {
    double s[2], r[2];
    for (int i = 0; i < 4; i++) d->p[i][l] = 1 / (1 + exp(-d->x[i][l]));
    for (int t = 0; t < 2; t++) s[t] = d->p[t][l];
    for (int m = 0; m < 2; m++) r[m] = d->p[2 + m][l];
    for (int t = 0; t < 2; t++) {
      double a = (1 - r[0]) * d->u[t*4+0][l] + r[0] * d->u[t*4+1][l];
      double b = (1 - r[1]) * d->u[t*4+2][l] + r[1] * d->u[t*4+3][l];
      d->gap[t][l] = d->x[t][l] - d->lam[l] * (b - a);
    }
    for (int m = 0; m < 2; m++) {
      double w0 = d->q[0] * (m ? s[0] : 1 - s[0]), w1 = d->q[1] * (m ? s[1] : 1 - s[1]);
      double gain = (w0 * (d->v[m*2+1][l] - d->v[m*2][l]) + w1 * (d->v[4+m*2+1][l] - d->v[4+m*2][l])) / (w0 + w1);
      d->gap[2+m][l] = d->x[2+m][l] - d->lam[l] * gain;
    }
  }
}
static void newton(Desk *d) {
  values(d);
  _Pragma("omp simd") EACH {
    double b[2][2], c[2][2];
    for (int t = 0; t < 2; t++) for (int m = 0; m < 2; m++) {
      double r = d->p[2+m][l], spread = r * (1 - r) * (d->u[t*4+m*2+1][l] - d->u[t*4+m*2][l]);
      b[t][m] = -d->lam[l] * (m ? spread : -spread);
    }
    for (int m = 0; m < 2; m++) {
      double s0 = d->p[0][l], s1 = d->p[1][l];
      double w0 = d->q[0] * (m ? s0 : 1 - s0), w1 = d->q[1] * (m ? s1 : 1 - s1), w = w0 + w1;
      double mix = w0 * w1 / (w * w);
      double apart = (d->v[m*2+1][l] - d->v[m*2][l]) - (d->v[4+m*2+1][l] - d->v[4+m*2][l]);
      c[m][0] = -d->lam[l] * mix * apart * (m ? 1 - s0 : -s0);
      c[m][1] = d->lam[l] * mix * apart * (m ? 1 - s1 : -s1);
    }
    /* [I b; c I] move = gap */
    double h[2][2], g[2];
    for (int m = 0; m < 2; m++) {
      for (int k = 0; k < 2; k++) h[m][k] = (m == k) - c[m][0] * b[0][k] - c[m][1] * b[1][k];
      g[m] = d->gap[2+m][l] - c[m][0] * d->gap[0][l] - c[m][1] * d->gap[1][l];
    }
    double det = h[0][0] * h[1][1] - h[0][1] * h[1][0];
    d->sign[l] = det < 1e-6 ? -1 : 1;
    double y0 = (h[1][1] * g[0] - h[0][1] * g[1]) / det, y1 = (h[0][0] * g[1] - h[1][0] * g[0]) / det;
    double mv[4] = { d->gap[0][l] - b[0][0] * y0 - b[0][1] * y1, d->gap[1][l] - b[1][0] * y0 - b[1][1] * y1, y0, y1 };
    double top = 0;
    for (int i = 0; i < 4; i++) {
      double held = mv[i] < 60 ? mv[i] : 60; held = held > -60 ? held : -60;
      d->x[i][l] -= held; double size = fabs(held); top = size > top ? size : top;
    }
    d->last[l] = top;
  }
}
static int any(const double *a, double limit) { int found = 0; EACH found |= a[l] > limit; return found; }
static void copy(double to[4][LANES], double from[4][LANES]) { for (int i = 0; i < 4; i++) EACH to[i][l] = from[i][l]; }

static void trace(Desk *d, double target, double *left) {
  double steep[LANES];
  for (int i = 0; i < 4; i++) EACH d->x[i][l] = d->start[i][l] = 0;
  EACH d->lam[l] = d->full[l];
  values(d);
  EACH { steep[l] = 1e-9; for (int i = 0; i < 4; i++) steep[l] = fmax(steep[l], fabs(d->gap[i][l])); }
  double step = 1, s = 0;
  while (step > 1./1024 && any(steep, 2.0 / step)) step *= 0.7;
  while (s < 1) {
    double there = s + step < 1 ? s + step : 1;
    EACH d->lam[l] = d->full[l] * there;
    newton(d); newton(d);
    EACH d->off[l] = d->last[l];
    for (int k = 0; k < 3 && any(d->last, 0.02); k++) newton(d);
    EACH d->off[l] = d->last[l] > 0.02 || d->sign[l] < 0 ? 60 : d->off[l];
    if (any(d->off, 0.5)) {
      if (step > 1./1024) { step *= 0.4; copy(d->x, d->start); }
      else {
        EACH if (d->off[l] > 0.5) { d->fine[l] = d->full[l] = 0; for (int i = 0; i < 4; i++) d->start[i][l] = 0; }
        copy(d->x, d->start); step *= 4;
      }
      continue;
    }
    s = there; copy(d->start, d->x);
    if (!any(d->off, 0.1)) step *= 3;
  }
  for (int k = 0; k < 12; k++) {
    values(d);
    EACH { left[l] = 0; for (int i = 0; i < 4; i++) left[l] = fmax(left[l], fabs(d->gap[i][l])); }
    if (!any(left, target)) break;
    newton(d);
  }
}
void solve(const double *pay, double precision, double high, long draws, double target, double *prob, double *res) {
  Desk d; d.q[0] = high; d.q[1] = 1 - high;
  for (long g = 0; g < draws; g += LANES) {
    double left[LANES];
    EACH {
      long k = g + l < draws ? g + l : draws - 1;
      for (int z = 0; z < 8; z++) { d.u[z][l] = pay[(k*8+z)*2]; d.v[z][l] = pay[(k*8+z)*2+1]; }
      d.full[l] = precision; d.fine[l] = 1;
    }
    trace(&d, target, left);
    EACH if (g + l < draws) {
      for (int i = 0; i < 4; i++) prob[(g+l)*4+i] = d.p[i][l];
      res[g+l] = d.fine[l] && left[l] <= target ? left[l] : NAN;
    }
  }
}
