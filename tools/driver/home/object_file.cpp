#include "tools/driver/home/object_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tools/driver/descriptor.h"

namespace pflow::home {
namespace {

namespace json = boost::json;

std::string problem_with(const std::string& path) {
  return "`" + path + "`: " + std::strerror(errno);
}

/// Those above the file, for their owner alone where they are made.
void make_folders(const std::string& path) {
  for (size_t slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1))
    mkdir(path.substr(0, slash).c_str(), 0700);
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

/// A member a line.
std::string text_of(const json::object& object) {
  std::string text = "{";
  for (const auto& [key, value] : object)
    text += (text.size() > 1 ? ",\n  " : "\n  ") + json::serialize(json::string(key)) + ": " +
            json::serialize(value);
  return text + "\n}\n";
}

}  // namespace

std::string read_object(const std::string& path, json::object& out) {
  out.clear();
  std::error_code missing;
  if (!std::filesystem::exists(path, missing)) return "";
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  std::string text = all.str();
  if (!file) return problem_with(path);
  json::stream_parser parser;
  boost::system::error_code error;
  size_t stopped = parser.write_some(text, error);
  if (!error && text.find_first_not_of(" \t\r\n", stopped) != text.npos)
    error = json::error::extra_data;
  if (!error) parser.finish(error);
  auto line = 1 + std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(stopped), '\n');
  std::string place = path + ":" + std::to_string(line) + ": ";
  if (error) return place + error.message();
  json::value value = parser.release();
  if (!value.is_object()) return path + ":1: it holds no object";
  out = std::move(value.as_object());
  return "";
}

std::string replace_file(const std::string& path, const std::string& text) {
  make_folders(path);
  std::error_code dangling;
  // What a link points to is replaced, not the link.
  std::string target = std::filesystem::weakly_canonical(path, dangling).string();
  if (dangling) target = path;
  std::string temporary = target + ".XXXXXX";
  Descriptor file(mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) return problem_with(path);
  bool done = write_all(file.get(), text) && fsync(file.get()) == 0 &&
              rename(temporary.c_str(), target.c_str()) == 0;
  if (done) return "";
  std::string problem = problem_with(path);
  unlink(temporary.c_str());
  return problem;
}

std::string change_object(const std::string& path,
                          const std::function<bool(json::object&)>& change) {
  make_folders(path);
  std::string lock_path = path + ".lock";
  Descriptor lock(open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.get() < 0 || flock(lock.get(), LOCK_EX) != 0) return problem_with(lock_path);
  json::object object;
  std::string problem = read_object(path, object);
  if (!problem.empty() || !change(object)) return problem;
  return replace_file(path, text_of(object));
}

}  // namespace pflow::home
