// fragment: a text by its name, from the first place that has it.
#include <errno.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "fragments.pf.hpp"
#include "loader.h"
#include "pflow/fragment_names.hpp"
#include "pflow/node.hpp"
#include "results.h"
#include "stdlib-nodes/files/folder.h"
#include "stdlib-nodes/files/read_whole.h"
#include "stdlib-nodes/net/request.h"

namespace {

using pflow::view;

bool is_web_address(std::string_view name) {
  return name.starts_with("http://") || name.starts_with("https://");
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

// ---- an address

pf_status take_answer(pf_call* call, void* out, const pflow::HttpResponse& response) {
  auto* made = static_cast<fragment_out*>(out);
  if (pf_net::take_text(call, response, &made->text) != PF_DONE) return PF_FAILED;
  const auto* in = static_cast<const fragment_in*>(pf_net::input(call));
  pf_fragments::set_alone(made, made->text, pflow::share(in->name));
  return PF_DONE;
}

pf_status fetch(pf_call* call, const fragment_in* in, fragment_out* out) {
  pf_net::Request request{
      .url = in->name, .method = pflow::literal("GET"), .most = pflow::kMostFragment};
  return pf_net::start(call, request, out, in, take_answer);
}

// ---- a file

/// Takes what `path` holds, which `what` calls.
pf_status read(pf_call* call, const std::string& what, const pf_str& path, fragment_out* out) {
  struct stat info;
  pflow::CText name(path);
  bool large = name.ok() && stat(name.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
               static_cast<size_t>(info.st_size) > pflow::kMostFragment;
  if (!large && !pf_files::read_whole(call, path, &out->text)) return PF_FAILED;
  if (large || out->text.len > pflow::kMostFragment)
    return pf_fail(call, PF_E_VALUE, "%s is larger than %zu MiB, too large for a fragment",
                   what.c_str(), pflow::kMostFragmentMega);
  if (!pflow::take_text(call, PF_E_VALUE, what, &out->text)) return PF_FAILED;
  pf_fragments::set_alone(out, out->text, pflow::text(view(path)));
  return PF_DONE;
}

bool is_file(const pf_str& name) {
  struct stat info;
  pflow::CText path(name);
  return name.len != 0 && path.ok() &&
         (stat(path.c_str(), &info) == 0 || (errno != ENOENT && errno != ENOTDIR));
}

// ---- a stored one

/// Where a text of this name would be stored; empty when there is no such place.
std::string stored_path(std::string_view name) {
  pf_str path{};
  std::string file = "fragments/" + std::string(name);
  if (pf_home_path(file.c_str(), &path)) return std::string(pflow::Text(path).view());
  return "";
}

std::vector<std::string> stored_names() {
  std::vector<std::string> names;
  pf_files::Folder folder;
  int error = folder.open(stored_path("").c_str());
  while (const dirent* entry = error ? nullptr : folder.next(&error))
    if (pflow::is_fragment_name(entry->d_name)) names.emplace_back(entry->d_name);
  return names;
}

// ---- none

std::string nearest_of(std::string_view name, const std::vector<std::string>& names) {
  std::vector<pf_str> candidates;
  for (const std::string& one : names) candidates.push_back(pflow::literal(one));
  pf_str word = pflow::literal(name);
  int64_t at = pf_nearest(&word, candidates.data(), candidates.size());
  return at < 0 ? "" : names[static_cast<size_t>(at)];
}

pf_status fail_missing(pf_call* call, const fragment_in* in) {
  std::string_view name = view(in->name);
  if (name.empty()) return pf_fail(call, PF_E_VALUE, "the name of the fragment is empty");
  std::string tried;
  std::vector<std::string> known;
  if (size_t colon = name.find(':'); colon != name.npos) {
    tried += "no loader " + quoted(name.substr(0, colon)) + " is known, ";
    for (const pf_fragments::Loader& loader : pf_fragments::loaders(in))
      known.push_back(std::string(loader.prefix) + std::string(name.substr(colon)));
  }
  if (pflow::is_fragment_name(name)) {
    tried += "none of this name is stored, ";
    for (std::string& stored : stored_names()) known.push_back(std::move(stored));
  }
  pflow::fail(call, PF_E_VALUE,
              "there is no fragment " + quoted(name) + ": " + tried + "no file is called so");
  if (std::string near = nearest_of(name, known); !near.empty())
    pf_fail_help(call, "one with a similar name is `%s`", near.c_str());
  else if (pflow::is_fragment_name(name))
    pf_fail_help(call, "`pflowc fragments set %s FILE` stores it", std::string(name).c_str());
  return PF_FAILED;
}

}  // namespace

pf_status pfn_fragments_fragment(pf_call* call, const fragment_in* in, fragment_out* out) {
  std::string_view name = view(in->name);
  if (is_web_address(name)) return fetch(call, in, out);
  if (name == "-") return read(call, "standard input", pflow::literal("/dev/stdin"), out);
  if (std::optional<pf_status> loaded = pf_fragments::load(call, in, out)) return *loaded;
  if (pflow::is_fragment_name(name)) {
    std::string path = stored_path(name);
    if (is_file(pflow::literal(path))) return read(call, quoted(path), pflow::literal(path), out);
  }
  if (is_file(in->name)) return read(call, quoted(name), in->name, out);
  return fail_missing(call, in);
}

pf_status pfn_fragments_fragment_scripted(pf_call*, const fragment_scripted_in* in,
                                          fragment_out* out) {
  out->text = pflow::share(in->answer);
  return PF_DONE;
}

bool pfn_fragments_fragment_offline(const fragment_in* in) {
  return !is_web_address(view(in->name));
}

bool pfn_fragments_fragment_repeatable(const fragment_in*) { return true; }
