#include "runtime/src/cassettes/inflate.h"

#include <zlib.h>

#include "pflow/abi.h"

namespace pflow::cassettes {
namespace {

/// What a recording may grow to, as http_start's own bound.
constexpr size_t kMost = size_t{1} << 30;
/// zlib's own and gzip's head are told apart by themselves.
constexpr int kAnyHead = 32 + MAX_WBITS;
constexpr int kNoHead = -MAX_WBITS;

bool inflate_by(int window, std::string_view body, std::string& out) {
  z_stream stream{};
  if (inflateInit2(&stream, window) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  int result = Z_OK;
  while (result == Z_OK && out.size() < kMost) {
    size_t before = out.size();
    size_t room = before < 4096 ? 16384 : before;
    out.resize(before + room);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(room);
    result = inflate(&stream, Z_NO_FLUSH);
    out.resize(before + room - stream.avail_out);
    if (result == Z_BUF_ERROR) break;
  }
  inflateEnd(&stream);
  return result == Z_STREAM_END;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words)
    if (text == word) return true;
  return false;
}

}  // namespace

const char* inflate_body(std::string_view encoding, std::string_view body, std::string& out) {
  if (body.empty() || is_one_of(encoding, {"", "identity"})) {
    out = body;
    return nullptr;
  }
  bool gzip = is_one_of(encoding, {"gzip", "x-gzip"});
  if (!gzip && encoding != "deflate")
    return "its body is compressed in a way that is not read here; record it with gzip or without";
  out.clear();
  if (inflate_by(kAnyHead, body, out)) return nullptr;
  out.clear();
  // Some servers send `deflate` without its head.
  if (!gzip && inflate_by(kNoHead, body, out)) return nullptr;
  // vcrpy can be told to store what it has inflated, and older ones left the header there. What
  // is compressed is no text.
  out = body;
  if (pf_utf8_valid_prefix(body.data(), body.size()) == body.size()) return nullptr;
  return gzip ? "its body is no whole gzip" : "its body is no whole deflate";
}

}  // namespace pflow::cassettes
