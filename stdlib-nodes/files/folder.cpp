#include "folder.h"

#include <errno.h>
#include <string.h>

#include <algorithm>

#include "path_text.h"

namespace pf_files {
namespace {

bool comes_before(const pf_str& a, const pf_str& b) { return pflow::view(a) < pflow::view(b); }
bool same(const pf_str& a, const pf_str& b) { return pflow::view(a) == pflow::view(b); }

/// The bytes that are not UTF-8 as \xNN.
pf_str escaped(const char* bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  size_t len = strlen(bytes);
  char* to;
  pf_str text = pf_str_new(len * 4, &to);
  const char* start = to;
  while (len > 0) {
    size_t valid = pf_utf8_valid_prefix(bytes, len);
    memcpy(to, bytes, valid);
    to += valid;
    bytes += valid;
    len -= valid;
    if (len == 0) break;
    auto byte = static_cast<unsigned char>(*bytes++);
    --len;
    const char hex[] = {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
    memcpy(to, hex, sizeof(hex));
    to += sizeof(hex);
  }
  text.len = static_cast<size_t>(to - start);
  return text;
}

}  // namespace

int Folder::open(const char* path) {
  stream_ = opendir(path);
  return stream_ ? 0 : errno;
}

const dirent* Folder::next(int* error) {
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(stream_);
    if (!entry) {
      *error = errno;
      return nullptr;
    }
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) return entry;
  }
}

pf_list sorted(pf_list texts) {
  if (!texts.head) return texts;
  auto* first = reinterpret_cast<pf_str*>(texts.head + 1);
  auto* last = first + texts.head->len;
  std::sort(first, last, comes_before);
  pf_str* end = first + 1;
  for (pf_str* text = first + 1; text != last; ++text) {
    if (same(*text, end[-1])) {
      pf_str_release(*text);
    } else {
      *end++ = *text;
    }
  }
  texts.head->len = static_cast<size_t>(end - first);
  return texts;
}

pf_status cannot_read_folder(pf_call* call, const char* path, int error) {
  const char* why = error == ENOTDIR ? "it is no folder" : reason(error);
  return pf_fail(call, PF_E_IO, "cannot read the folder `%s`: %s", path, why);
}

bool check_name(pf_call* call, const char* path) {
  size_t len = strlen(path);
  if (pf_utf8_valid_prefix(path, len) == len) return true;
  pflow::Text shown(escaped(path));
  pf_fail(call, PF_E_IO, "the name of the file `%.*s` is not UTF-8",
          static_cast<int>(shown.view().size()), shown.view().data());
  return false;
}

}  // namespace pf_files
