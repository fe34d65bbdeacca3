#include "kept_part.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pflow/sha256.hpp"
#include "stdlib-nodes/files/new_file.h"

namespace pf_net {
namespace {

constexpr size_t kLongestTag = 4096;

std::string hashed(std::string_view url) {
  pflow::Sha256 hash;
  hash.add(url);
  char hex[65];
  hash.finish(hex);
  return hex;
}

std::string content_of(const std::string& path) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return "";
  char text[kLongestTag];
  ssize_t len = read(fd, text, sizeof text);
  close(fd);
  return len > 0 ? std::string(text, static_cast<size_t>(len)) : "";
}

}  // namespace

KeptPart::KeptPart(const char* path, std::string_view url) : address_(hashed(url)) {
  if (pf_files::kept_path(path, part_) != 0) return;
  tag_ = std::string(part_) + ".tag";
  std::string tag = content_of(tag_);
  struct stat found;
  if (!tag.starts_with(address_ + "\n") || !tag.ends_with('\n')) return;
  if (stat(part_, &found) != 0 || !S_ISREG(found.st_mode) || found.st_size == 0) return;
  etag_ = tag.substr(address_.size() + 1);
  etag_.pop_back();
  size_ = found.st_size;
}

int KeptPart::set_tag(std::string_view etag) {
  std::string text = address_ + "\n" + std::string(etag) + "\n";
  if (tag_.empty() || text.size() > kLongestTag) return ENAMETOOLONG;
  int fd = open(tag_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return errno;
  size_t written;
  int error = pf_files::write_all(fd, text.data(), text.size(), &written);
  close(fd);
  return error;
}

void KeptPart::remove_tag() { unlink(tag_.c_str()); }

void KeptPart::remove() {
  unlink(part_);
  remove_tag();
}

}  // namespace pf_net
