// attach, bytes_attach: a file, an address or bytes as what a model is shown.
#include <errno.h>
#include <sys/stat.h>

#include <string>

#include "media_type.h"
#include "models.pf.hpp"
#include "pflow/node.hpp"
#include "pflow/shown_url.hpp"
#include "stdlib-nodes/files/read_whole.h"
#include "stdlib-nodes/models/choice/media_inputs.h"

namespace {

using pflow::view;

constexpr const char* kTypeHelp = "say what it is with `media_type`, such as \"image/png\"";

bool fail(pf_call* call, const std::string& problem, const char* help = nullptr) {
  pflow::fail(call, PF_E_VALUE, problem);
  if (help) pf_fail_help(call, "%s", help);
  pf_fail_once(call);
  return false;
}

/// Fills in the media type: as the call says, else as `found`.
bool take_type(pf_call* call, const std::string& what, bool said, const pf_str& type,
               std::string_view found, Attachment* out) {
  std::string word = said ? pf_models::canonical_media_type(view(type)) : std::string(found);
  if (word.empty()) return fail(call, what + " tells no media type", kTypeHelp);
  size_t slash = word.find('/');
  if (slash == 0 || slash == word.npos || slash + 1 == word.size())
    return fail(call, "`media_type` is `" + word + "`; expected a type such as `image/png`");
  out->media_type = pflow::text(word);
  return true;
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

/// The part of a path or address behind its last `/`.
std::string_view last_part(std::string_view path) {
  path = path.substr(0, path.find_first_of("?#"));
  return path.substr(path.rfind('/') + 1);
}

bool take_bytes(pf_call* call, const std::string& what, pf_str data, bool said, const pf_str& type,
                Attachment* out) {
  out->data = {data, true};
  if (data.len == 0) return fail(call, what + (" is empty"));
  std::string_view found = pf_models::media_type_of(view(data));
  if (!said && found.empty() && pf_utf8_valid_prefix(data.data, data.len) == data.len)
    return fail(call, what + " is text, and no picture, PDF or sound",
                "a text goes into the prompt: read it with `read_file`");
  return take_type(call, what, said, type, found, out);
}

/// A file that no provider takes is not read.
bool is_small(pf_call* call, const pf_str& path) {
  struct stat info;
  pflow::CText name(path);
  if (!name.ok() || stat(name.c_str(), &info) != 0) return true;  // reading it says why
  auto size = static_cast<size_t>(info.st_size);
  if (!S_ISREG(info.st_mode) || size <= pf_models::most_attached()) return true;
  return fail(call, quoted(view(path)) + " has " + std::to_string(size) +
                        " bytes, more than any model takes (" +
                        std::to_string(pf_models::most_attached()) + ")");
}

bool attach_address(pf_call* call, const attach_in* in, Attachment* out) {
  std::string_view url = view(in->from);
  pflow::ShownUrl shown = pflow::shown_url(url);
  std::string what = quoted(std::string(shown.scheme) + std::string(shown.rest));
  out->url = pflow::text(url);
  out->name = pflow::text(last_part(shown.rest));
  return take_type(call, what, in->media_type.has, in->media_type.value,
                   pf_models::media_type_by_ending(url), out);
}

bool attach_file(pf_call* call, const attach_in* in, Attachment* out) {
  if (!is_small(call, in->from)) return false;
  pf_str data{};
  bool read = pf_files::read_whole(call, in->from, &data);
  out->data = {data, true};
  out->name = pflow::text(last_part(view(in->from)));
  return read && take_bytes(call, quoted(view(in->from)), data, in->media_type.has,
                            in->media_type.value, out);
}

}  // namespace

pf_status pfn_models_attach(pf_call* call, const attach_in* in, attach_out* out) {
  bool made = pf_models::is_web_address(view(in->from)) ? attach_address(call, in, &out->attachment)
                                                        : attach_file(call, in, &out->attachment);
  return made ? PF_DONE : PF_FAILED;
}

pf_status pfn_models_bytes_attach(pf_call* call, const bytes_attach_in* in, bytes_attach_out* out) {
  std::string_view name = view(in->name);
  std::string what = name.empty() ? "what is attached" : quoted(name);
  out->attachment.name = pflow::share(in->name);
  bool made = take_bytes(call, what, pflow::share(in->data), in->media_type.has,
                         in->media_type.value, &out->attachment);
  return made ? PF_DONE : PF_FAILED;
}
