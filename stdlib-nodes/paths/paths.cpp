// Functions on paths as text.
#include <stdlib.h>
#include <string.h>

#include "paths.pf.hpp"
#include "pflow/node.hpp"

namespace {

/// What stands in a text from an offset on.
std::string_view behind(std::string_view text, size_t offset) {
  text.remove_prefix(offset);
  return text;
}

/// Without the slashes at its end; `/` stays.
std::string_view trimmed(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

std::string_view last_part(std::string_view path) {
  path = trimmed(path);
  if (path == "/") return path;
  size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : behind(path, slash + 1);
}

/// A part of `whole` that shares its buffer.
pf_str part_of(const pf_str& whole, std::string_view part) {
  if (part.empty()) return {};
  pf_str_retain(whole);
  return {part.data(), part.size(), whole.owner};
}

/// The parts of a path, `.` left out and `..` taken with the part before it.
class Parts {
 public:
  explicit Parts(std::string_view path) : rooted_(path.starts_with('/')) {
    items_ = static_cast<std::string_view*>(malloc((path.size() / 2 + 1) * sizeof(*items_)));
    if (!items_) pf_out_of_memory();
    for (size_t at = 0; at < path.size();) {
      size_t end = path.find('/', at);
      if (end == std::string_view::npos) end = path.size();
      add({path.data() + at, end - at});
      at = end + 1;
    }
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() { free(items_); }

  [[nodiscard]] size_t count() const { return count_; }
  std::string_view operator[](size_t index) const { return items_[index]; }
  [[nodiscard]] bool rooted() const { return rooted_; }

 private:
  void add(std::string_view part) {
    if (part.empty() || part == ".") return;
    bool below = count_ != 0 && items_[count_ - 1] != "..";
    if (part != "..") {
      items_[count_++] = part;
    } else if (below) {
      --count_;
    } else if (!rooted_) {
      items_[count_++] = part;
    }
  }

  std::string_view* items_;
  size_t count_ = 0;
  bool rooted_;
};

/// `ups` times `..`, then the parts of `path` from `first` on.
pf_str way(size_t ups, const Parts& path, size_t first) {
  size_t total = ups * 3;
  for (size_t i = first; i < path.count(); ++i) total += path[i].size() + 1;
  if (total == 0) return pflow::literal(".");
  char* to;
  pf_str made = pf_str_new(total, &to);
  for (size_t i = 0; i < ups; ++i, to += 3) memcpy(to, "../", 3);
  for (size_t i = first; i < path.count(); ++i) {
    memcpy(to, path[i].data(), path[i].size());
    to += path[i].size();
    *to++ = '/';
  }
  --made.len;  // the last slash
  return made;
}

}  // namespace

pf_status pfn_paths_basename(pf_call*, const basename_in* in, basename_out* out) {
  out->name = part_of(in->path, last_part(pflow::view(in->path)));
  return PF_DONE;
}

pf_status pfn_paths_dirname(pf_call*, const dirname_in* in, dirname_out* out) {
  std::string_view path = trimmed(pflow::view(in->path));
  size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    out->folder = pflow::literal(".");
  } else {
    out->folder = part_of(in->path, trimmed({path.data(), slash == 0 ? 1 : slash}));
  }
  return PF_DONE;
}

pf_status pfn_paths_extension(pf_call*, const extension_in* in, extension_out* out) {
  std::string_view name = last_part(pflow::view(in->path));
  size_t first = name.find_first_not_of('.');
  size_t dot = name.rfind('.');
  if (first == std::string_view::npos || dot == std::string_view::npos || dot < first) {
    return PF_DONE;
  }
  out->extension = part_of(in->path, behind(name, dot));
  return PF_DONE;
}

pf_status pfn_paths_join_path(pf_call*, const join_path_in* in, join_path_out* out) {
  std::string_view folder = pflow::view(in->folder), path = pflow::view(in->path);
  if (folder.empty() || path.starts_with('/')) {
    out->path = pflow::share(in->path);
  } else if (path.empty()) {
    out->path = pflow::share(in->folder);
  } else {
    out->path = pflow::join({folder, folder.ends_with('/') ? "" : "/", path});
  }
  return PF_DONE;
}

pf_status pfn_paths_relative_path(pf_call* call, const relative_path_in* in,
                                  relative_path_out* out) {
  Parts path(pflow::view(in->path)), from(pflow::view(in->from));
  if (path.rooted() != from.rooted()) {
    return pf_fail(call, PF_E_VALUE,
                   "one of `path` and `from` begins with `/`, the other does not");
  }
  size_t same = 0;
  while (same < path.count() && same < from.count() && path[same] == from[same]) ++same;
  for (size_t i = same; i < from.count(); ++i) {
    if (from[i] != "..") continue;
    return pf_fail(call, PF_E_VALUE, "the folder `from` lies above where the path begins");
  }
  out->path = way(from.count() - same, path, same);
  return PF_DONE;
}
