#include "runtime/src/http/no_proxy.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

namespace pflow {
namespace {

constexpr size_t kLongest = 255;

/// A part of a text, as a text of its own.
struct Word {
  char text[kLongest + 1];
  size_t len = 0;

  Word(const char* from, size_t size) : len(size) {
    while (len > 0 && from[len - 1] == '.') --len;
    if (len > kLongest) len = 0;
    memcpy(text, from, len);
    text[len] = '\0';
  }
};

/// An address of either family.
struct Bits {
  unsigned char bytes[16];
  int count = 0;  ///< 32 or 128; 0: the text is no address

  explicit Bits(const char* text) {
    if (inet_pton(AF_INET, text, bytes) == 1) count = 32;
    if (count == 0 && inet_pton(AF_INET6, text, bytes) == 1) count = 128;
  }

  [[nodiscard]] bool begins_like(const Bits& other, int bits) const {
    if (count == 0 || count != other.count || bits < 0 || bits > count) return false;
    if (memcmp(bytes, other.bytes, static_cast<size_t>(bits / 8)) != 0) return false;
    int rest = 8 - bits % 8;
    return rest == 8 || bytes[bits / 8] >> rest == other.bytes[bits / 8] >> rest;
  }
};

/// Without the brackets around an address of IPv6.
Word bare(const char* text, size_t len) {
  bool brackets = len > 1 && text[0] == '[' && text[len - 1] == ']';
  return brackets ? Word(text + 1, len - 2) : Word(text, len);
}

bool is_in_network(const Bits& host, const Word& network) {
  const char* slash = strchr(network.text, '/');
  Word address =
      bare(network.text, slash ? static_cast<size_t>(slash - network.text) : network.len);
  Bits first(address.text);
  if (!slash) return host.begins_like(first, first.count);
  char* end;
  long bits = strtol(slash + 1, &end, 10);
  return isdigit(static_cast<unsigned char>(slash[1])) && *end == '\0' && bits <= 128 &&
         host.begins_like(first, static_cast<int>(bits));
}

bool is_below(const Word& host, const Word& name) {
  const char* text = name.text;
  size_t len = name.len;
  if (len != 0 && *text == '.') {
    ++text;
    --len;
  }
  if (len == 0 || host.len < len) return false;
  const char* end = host.text + host.len - len;
  return strcasecmp(end, text) == 0 && (end == host.text || end[-1] == '.');
}

}  // namespace

bool is_without_proxy(const char* host, const char* list) {
  constexpr const char* kBetween = ", \t";
  Word name = bare(host, strlen(host));
  Bits address(name.text);
  for (const char* at = list + strspn(list, kBetween); *at; at += strspn(at, kBetween)) {
    Word entry(at, strcspn(at, kBetween));
    if (strcmp(entry.text, "*") == 0) return true;
    if (address.count != 0 ? is_in_network(address, entry) : is_below(name, entry)) return true;
    at += strcspn(at, kBetween);
  }
  return false;
}

}  // namespace pflow
