/* Overflow-checked fib, as the flow's function node computes it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t checked_add(int64_t a, int64_t b) {
  int64_t sum;
  if (__builtin_add_overflow(a, b, &sum)) abort();
  return sum;
}

static int64_t checked_sub(int64_t a, int64_t b) {
  int64_t difference;
  if (__builtin_sub_overflow(a, b, &difference)) abort();
  return difference;
}

__attribute__((noinline)) static int64_t fib(int64_t n) {
  return n < 2 ? n : checked_add(fib(checked_sub(n, 1)), fib(checked_sub(n, 2)));
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  printf("%lld\n", (long long)fib(atoll(argv[1])));
  return 0;
}
