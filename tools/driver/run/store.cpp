#include "tools/driver/run/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "tools/driver/real_files.h"
#include "tools/driver/run/copy.h"
#include "tools/driver/run/wall_clock.h"

namespace pflow::run {
namespace {

/// So often a use is noted; each hour is often enough to tell old from new.
constexpr int64_t kNoted = 3600 * kSecond;

/// Stands at the end of a file, behind the record.
struct Ending {
  uint64_t record_size;
  char mark[8];
};
constexpr char kMark[] = "pflowrun";

int64_t used_at(const struct stat& info) { return nanoseconds(info.st_mtim); }

/// Whether nobody but this user can have written it.
bool is_own(const struct stat& info) {
  return info.st_uid == geteuid() && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

Descriptor open_folder(const std::string& path) {
  Descriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  struct stat info{};
  if (folder.get() >= 0 && fstat(folder.get(), &info) == 0 && is_own(info)) return folder;
  return {};
}

void make_folders(const std::string& path) {
  for (size_t slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1))
    mkdir(path.substr(0, slash).c_str(), 0700);
  mkdir(path.c_str(), 0700);
}

bool read_at(int file, void* to, size_t size, int64_t at) {
  return pread(file, to, size, at) == static_cast<ssize_t>(size);
}

bool read_record(int file, int64_t size, std::string& record) {
  Ending ending{};
  const int64_t at = size - static_cast<int64_t>(sizeof ending);
  if (at < 0 || !read_at(file, &ending, sizeof ending, at)) return false;
  if (std::memcmp(ending.mark, kMark, sizeof ending.mark) != 0) return false;
  if (ending.record_size > static_cast<uint64_t>(at)) return false;
  record.resize(ending.record_size);
  return read_at(file, record.data(), record.size(), at - static_cast<int64_t>(record.size()));
}

bool write_entry(int file, int executable, std::string_view record) {
  Ending ending{record.size(), {}};
  std::memcpy(ending.mark, kMark, sizeof ending.mark);
  std::string end(record);
  end.append(reinterpret_cast<const char*>(&ending), sizeof ending);
  return copy_all(executable, file) && write_descriptor(file, end) && fchmod(file, 0700) == 0;
}

struct Entry {
  std::string name;
  int64_t bytes;
  int64_t used;
};

std::vector<Entry> entries(int folder) {
  std::vector<Entry> found;
  DIR* open_folder = folder < 0 ? nullptr : fdopendir(openat(folder, ".", O_RDONLY | O_CLOEXEC));
  if (open_folder == nullptr) return found;
  while (const dirent* entry = readdir(open_folder)) {
    struct stat info{};
    if (fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode))
      found.push_back({entry->d_name, info.st_size, used_at(info)});
  }
  closedir(open_folder);
  return found;
}

void remove_oldest(int folder, int64_t most) {
  std::vector<Entry> found = entries(folder);
  std::ranges::sort(found, {}, &Entry::used);
  int64_t bytes = 0;
  for (const Entry& entry : found) bytes += entry.bytes;
  for (const Entry& entry : found) {
    if (bytes <= most) return;
    if (unlinkat(folder, entry.name.c_str(), 0) == 0) bytes -= entry.bytes;
  }
}

}  // namespace

Store::Store(std::string path) : path_(std::move(path)), folder_(open_folder(path_)) {}

Descriptor Store::find(const std::string& name, std::string& record) const {
  if (folder() < 0) return {};
  Descriptor file(openat(folder(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  struct stat info{};
  if (file.get() < 0 || fstat(file.get(), &info) != 0) return {};
  if (!S_ISREG(info.st_mode) || !is_own(info)) return {};
  if (!read_record(file.get(), info.st_size, record)) return {};
  if (now() - used_at(info) > kNoted) futimens(file.get(), nullptr);
  return file;
}

bool Store::keep(const std::string& name, int executable, std::string_view record, int64_t most) {
  if (path_.empty()) return false;
  if (folder() < 0) {
    make_folders(path_);
    folder_ = open_folder(path_);
  }
  if (folder() < 0) return false;
  const std::string unfinished = fmt::format(".{}.{}", name, getpid());
  Descriptor file(openat(folder(), unfinished.c_str(),
                         O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0700));
  if (file.get() < 0) return false;
  struct stat info{};
  bool whole = write_entry(file.get(), executable, record) && fstat(file.get(), &info) == 0 &&
               file.close() && info.st_size <= most &&
               renameat(folder(), unfinished.c_str(), folder(), name.c_str()) == 0;
  if (!whole) unlinkat(folder(), unfinished.c_str(), 0);
  if (whole) remove_oldest(folder(), most);
  return whole;
}

StoredPrograms Store::content() const {
  StoredPrograms all{path_};
  for (const Entry& entry : entries(folder())) {
    ++all.count;
    all.bytes += entry.bytes;
  }
  return all;
}

int64_t Store::remove(int64_t unused_for) const {
  int64_t removed = 0;
  const int64_t before = unused_for < 0 ? INT64_MAX : now() - unused_for;
  for (const Entry& entry : entries(folder()))
    if (entry.used <= before && unlinkat(folder(), entry.name.c_str(), 0) == 0) ++removed;
  return removed;
}

}  // namespace pflow::run
