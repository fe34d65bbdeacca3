// maps COUNT KEYS: what flows/maps.pf does, in a std::unordered_map.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unordered_map>

int main(int, char** argv) {
  int64_t count = std::atoll(argv[1]);
  int64_t keys = std::atoll(argv[2]);
  std::unordered_map<std::string, int64_t> all;
  for (int64_t n = 0; n < count; ++n) all["key " + std::to_string(n % keys)] = n;
  std::printf("%zu\n%lld\n", all.size(), static_cast<long long>(all.at("key 7")));
}
