// fused COUNT: what flows/fused.pf does, as a loop.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

int main(int, char** argv) {
  int64_t count = std::atoll(argv[1]);
  int64_t sum = 0;
  for (int64_t n = 0; n < count; ++n) {
    int64_t square, next;
    if (__builtin_mul_overflow(n, n, &square) || __builtin_add_overflow(square, 7, &square))
      abort();
    if (square % 3 == 0) continue;
    if (__builtin_add_overflow(sum, square % 1000, &next)) abort();
    sum = next;
  }
  std::printf("%lld\n", static_cast<long long>(sum));
}
