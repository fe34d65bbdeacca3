// Files of PFLOW_HOME: those that hold one JSON object, and the bytes of any.
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <algorithm>
#include <string_view>

#include "pflow/json.hpp"
#include "runtime/src/program/config.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

/// A key may be another one in a long run; a call to a model does not ask the disk five times.
constexpr time_t kLookAgain = 1;  // seconds

/// Which bytes a file holds: it is read again when this has changed.
struct Stamp {
  ino_t file;
  off_t size;
  timespec changed;

  bool operator==(const Stamp& other) const {
    return file == other.file && size == other.size && changed.tv_sec == other.changed.tv_sec &&
           changed.tv_nsec == other.changed.tv_nsec;
  }
};

/// One of the files that were asked for.
struct Kept {
  pf_home_file file;
  Stamp stamp;
  time_t looked;  ///< when it was asked whether it has changed, in the machine's time; 0: never
  Kept* next;
};

Kept* g_files;

bool stamp_of(const char* path, Stamp& stamp) {
  struct stat found;
  if (stat(path, &found) != 0) return false;
  stamp = {found.st_ino, found.st_size, found.st_mtim};
  return true;
}

Kept* kept_of(const char* path) {
  for (Kept* kept = g_files; kept; kept = kept->next)
    if (strcmp(kept->file.path, path) == 0) return kept;
  size_t size = strlen(path) + 1;
  auto* made = static_cast<Kept*>(allocate_zeroed(sizeof(Kept)));
  auto* copy = static_cast<char*>(allocate_zeroed(size));
  memcpy(copy, path, size);
  made->file.path = copy;
  made->next = g_files;
  return g_files = made;
}

size_t line_at(const pf_home_file& file, size_t offset) {
  const char* text = file.text.data;
  return 1 + static_cast<size_t>(std::count(text, text + std::min(offset, file.text.len), '\n'));
}

void report(const pf_home_file& file, size_t line, const char* why) {
  pf_config_error(nullptr, file.help, "%s:%zu: %s cannot be read: %s", file.path, line, file.holds,
                  why);
}

/// The object in the text; else it is reported.
bool decode(pf_home_file& file) {
  pf_text_problem no_text;
  if (!pf_take_text(&file.text, &no_text)) {
    report(file, 1, no_text.message);
    return false;
  }
  pf_json_problem problem;
  if (!pf_json_decode(&file.text, &pflow::kJsonType, &file.object, &problem)) {
    pflow::Text owned(problem.message);
    report(file, line_at(file, problem.offset), pflow::CText(problem.message).c_str());
    return false;
  }
  if (file.object.kind == PF_JSON_OBJECT) return true;
  report(file, 1, "it holds no object");
  return false;
}

void forget(pf_home_file& file) {
  pf_drop_value(&file.object, &pflow::kJsonType);
  file.object = {};
  pf_str_release(file.text);
  file.text = {};
}

void read(pf_home_file& file) {
  forget(file);
  Buffer bytes;
  if (!read_small_file(file.path, bytes)) {
    file.state = PF_HOME_BROKEN;
    pf_config_error(nullptr, nullptr, "cannot read `%s`: %s", file.path, strerror(errno));
    return;
  }
  file.text = bytes.take();
  file.state = decode(file) ? PF_HOME_READ : PF_HOME_BROKEN;
}

void look(Kept& kept) {
  Stamp stamp{};
  const bool there = stamp_of(kept.file.path, stamp);
  if (!there && (errno == ENOENT || errno == ENOTDIR)) {
    forget(kept.file);
    kept.file.state = PF_HOME_ABSENT;
  } else if (!there || kept.file.state == PF_HOME_ABSENT || !(kept.stamp == stamp)) {
    read(kept.file);
  }
  kept.stamp = stamp;
}

}  // namespace
}  // namespace pflow::rt

using namespace pflow::rt;

const pf_home_file* pf_home_object(const char* name, const char* holds, const char* help) {
  static const pf_home_file kNone = {};
  Buffer path;
  if (!add_config_path(path, name)) return &kNone;
  Kept* kept = kept_of(path.c_str());
  kept->file.holds = holds;
  kept->file.help = help;
  timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  if (kept->looked == 0 || now.tv_sec - kept->looked > kLookAgain) {
    kept->looked = now.tv_sec;
    look(*kept);
  }
  return &kept->file;
}

bool pf_home_path(const char* name, pf_str* path) {
  Buffer where;
  if (!add_config_path(where, name)) return false;
  *path = where.take();
  return true;
}

pf_home_state pf_home_bytes(const char* name, pf_str* path, pf_str* bytes) {
  if (!pf_home_path(name, path)) return PF_HOME_ABSENT;
  pflow::CText where(*path);
  Buffer read;
  if (read_small_file(where.c_str(), read)) {
    *bytes = read.take();
    return PF_HOME_READ;
  }
  if (errno == ENOENT || errno == ENOTDIR) return PF_HOME_ABSENT;
  pf_config_error(nullptr, nullptr, "cannot read `%s`: %s", where.c_str(), strerror(errno));
  return PF_HOME_BROKEN;
}

const pf_json* pf_home_member(const pf_home_file* file, const char* name) {
  for (const auto& [key, value] : pflow::Entries<pf_json>(file->object.list))
    if (pflow::view(key) == name) return &value;
  return nullptr;
}

void pf_home_wrong(const pf_home_file* file, const char* member, const char* format, ...) {
  Buffer why, quoted;
  va_list arguments;
  va_start(arguments, format);
  why.vformat(format, arguments);
  va_end(arguments);
  quoted.format("\"%s\"", member);
  size_t at = pflow::view(file->text).find(quoted.c_str());
  report(*file, line_at(*file, at), why.c_str());
}
