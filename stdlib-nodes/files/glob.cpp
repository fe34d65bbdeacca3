// glob: a walk over the folders that a pattern reaches.
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "braces.h"
#include "files.pf.hpp"
#include "folder.h"
#include "glob_match.h"
#include "path_text.h"

namespace {

using pf_files::Folder;

/// What an entry is, links followed where that matters.
enum class EntryKind { File, Folder, FolderLink, Gone };

class Walk {
 public:
  explicit Walk(pf_call* call) : call_(call) {}

  /// Finds what the pattern means; several may find the same.
  bool start(std::string_view pattern) {
    pop(0);
    return find(pattern);
  }
  /// Each path once, sorted.
  pf_list take();

 private:
  /// Finds what `pattern` means below the path so far, `len_` bytes long.
  bool find(std::string_view pattern);
  bool find_below(std::string_view part, std::string_view rest, bool last);
  bool find_deep(std::string_view rest);
  template <typename Visit>
  bool for_each_entry(Visit visit);
  [[nodiscard]] EntryKind kind(unsigned char type) const;
  bool add_file();
  bool push(std::string_view name);
  void pop(size_t len) {
    len_ = len;
    path_[len] = 0;
  }

  pf_call* call_;
  pflow::TextList found_;
  char path_[PATH_MAX] = {};
  size_t len_ = 0;
};

pf_list Walk::take() {
  pflow::TextList once;
  pf_list sorted = pf_files::sorted(found_.take());
  const pf_str* last = nullptr;
  for (const pf_str& path : pflow::Elements<pf_str>(sorted)) {
    if (!last || pflow::view(*last) != pflow::view(path)) once.add(pflow::share(path));
    last = &path;
  }
  if (sorted.head) pf_list_free(sorted.head, &pflow::kStr);
  return once.take();
}

bool Walk::push(std::string_view name) {
  if (len_ + name.size() >= sizeof(path_)) {
    pf_fail(call_, PF_E_IO, "the path `%.100s…` is too long", path_);
    return false;
  }
  memcpy(path_ + len_, name.data(), name.size());
  pop(len_ + name.size());
  return true;
}

EntryKind Walk::kind(unsigned char type) const {
  if (type == DT_REG) return EntryKind::File;
  if (type == DT_DIR) return EntryKind::Folder;
  struct stat info;
  if (type == DT_UNKNOWN && lstat(path_, &info) == 0 && S_ISDIR(info.st_mode)) {
    return EntryKind::Folder;
  }
  if (stat(path_, &info) != 0) return EntryKind::Gone;
  return S_ISDIR(info.st_mode) ? EntryKind::FolderLink : EntryKind::File;
}

bool Walk::add_file() {
  if (!pf_files::check_name(call_, path_)) return false;
  found_.add(std::string_view(path_, len_));
  return true;
}

/// Calls `visit(name, kind)` with the path of each entry; a folder that is gone has none.
/// The folder is closed before, as the walk may go a long way down.
template <typename Visit>
bool Walk::for_each_entry(Visit visit) {
  pflow::TextList names;  // the first byte is the entry's type
  int error = 0;
  {
    Folder folder;
    error = folder.open(len_ == 0 ? "." : path_);
    while (error == 0) {
      const dirent* entry = folder.next(&error);
      if (!entry) break;
      char type = static_cast<char>(entry->d_type);
      names.add(pflow::join({std::string_view(&type, 1), entry->d_name}));
    }
  }
  if (error == ENOENT || error == ENOTDIR) return true;
  if (error) {
    pf_files::cannot_read_folder(call_, len_ == 0 ? "." : path_, error);
    return false;
  }
  size_t len = len_;
  bool ok = true;
  for (const pf_str& name : pflow::Elements<pf_str>(names.get())) {
    std::string_view text = pflow::view(name);
    text.remove_prefix(1);
    ok = push(text) && visit(text, kind(static_cast<unsigned char>(name.data[0])));
    pop(len);
    if (!ok) break;
  }
  return ok;
}

/// `**`: here, and in every folder below that is neither hidden nor a link.
bool Walk::find_deep(std::string_view rest) {
  size_t len = len_;
  if (!find(rest)) return false;
  pop(len);
  return for_each_entry([&](std::string_view name, EntryKind kind) {
    if (kind != EntryKind::Folder || name.starts_with('.')) return true;
    return push("/") && find_deep(rest);
  });
}

bool Walk::find_below(std::string_view part, std::string_view rest, bool last) {
  return for_each_entry([&](std::string_view name, EntryKind kind) {
    if (!pf_files::glob_match(part, name)) return true;
    if (last) return kind != EntryKind::File || add_file();
    if (kind != EntryKind::Folder && kind != EntryKind::FolderLink) return true;
    return push("/") && find(rest);
  });
}

bool Walk::find(std::string_view pattern) {
  size_t slash = pattern.find('/');
  bool last = slash == std::string_view::npos;
  std::string_view part(pattern.data(), last ? pattern.size() : slash);
  std::string_view rest = pattern;
  rest.remove_prefix(last ? rest.size() : slash + 1);
  if (part == "**") {
    while (rest.starts_with("**/")) rest.remove_prefix(3);
    return find_deep(last || rest == "**" ? "*" : rest);
  }
  if (pf_files::has_wildcard(part)) return find_below(part, rest, last);
  if (!push(part)) return false;
  if (!last) return push("/") && find(rest);
  struct stat info;
  return stat(path_, &info) != 0 || S_ISDIR(info.st_mode) || add_file();
}

}  // namespace

pf_status pfn_files_glob(pf_call* call, const glob_in* in, glob_out* out) {
  pf_files::PathText pattern;
  if (!pattern.set(call, in->pattern)) return PF_FAILED;
  pflow::TextList patterns;
  if (!pf_files::expand_braces(pflow::view(in->pattern), patterns))
    return pf_fail(call, PF_E_VALUE, "the braces of `pattern` stand for more than 1000 patterns");
  Walk walk(call);
  for (const pf_str& each : pflow::Elements<pf_str>(patterns.get()))
    if (!walk.start(pflow::view(each))) return PF_FAILED;
  out->paths = walk.take();
  return PF_DONE;
}
