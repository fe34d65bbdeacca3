#include "tools/driver/run/recorded_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "tools/driver/run/digest.h"
#include "tools/driver/run/wall_clock.h"

namespace pflow::run {
namespace {

/// By what an installed file is known; `-` when there is none.
std::string stamp(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return "-";
  return fmt::format("{}.{}.{}.{}", info.st_size, nanoseconds(info.st_mtim),
                     nanoseconds(info.st_ctim), info.st_ino);
}

/// Too new to be known by its times: it may change once more within their resolution.
bool is_fresh(const std::string& path, int64_t begun) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return false;
  return std::max(nanoseconds(info.st_mtim), nanoseconds(info.st_ctim)) > begun - kSecond;
}

std::string text_answer(Result<std::string>& text) { return text ? digest({*text}) : "-"; }

std::string kind_answer(FileKind kind) { return std::to_string(static_cast<int>(kind)); }

std::string names_answer(std::vector<std::string> names) {
  std::ranges::sort(names);
  return digest({names.begin(), names.end()});
}

std::string answer_now(char question, const std::string& path, FileSystem& files) {
  switch (question) {
    case 's': return stamp(path);
    case 'k': return kind_answer(files.kind(path));
    case 'i': return digest({files.identity(path)});
    case 'n': return names_answer(files.names_in(path));
    case 'r': {
      Result<std::string> text = files.read(path);
      return text_answer(text);
    }
    default: return "?";
  }
}

/// The part before the first `end`, taken off with it.
std::string_view take(std::string_view& text, char end) {
  size_t at = std::min(text.find(end), text.size());
  std::string_view part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

}  // namespace

RecordedFiles::RecordedFiles(FileSystem& files, std::string installed)
    : files_(files), installed_(std::move(installed)), begun_(now()) {}

Result<std::string> RecordedFiles::read(const std::string& path) {
  auto found = texts_.find(path);
  if (found == texts_.end()) found = texts_.emplace(path, files_.read(path)).first;
  if (is_installed(path))
    add_installed(path);
  else
    answer('r', path, text_answer(found->second));
  return found->second;
}

Result<Done> RecordedFiles::write(const std::string& path, std::string_view bytes) {
  return files_.write(path, bytes);
}

FileKind RecordedFiles::kind(const std::string& path) {
  FileKind kind = files_.kind(path);
  if (is_installed(path))
    add_installed(path);
  else
    answer('k', path, kind_answer(kind));
  return kind;
}

std::string RecordedFiles::identity(const std::string& path) {
  std::string name = files_.identity(path);
  if (!is_installed(path)) answer('i', path, digest({name}));
  return name;
}

std::vector<std::string> RecordedFiles::names_in(const std::string& folder) {
  std::vector<std::string> names = files_.names_in(folder);
  if (is_installed(folder))
    add_installed(folder);
  else
    answer('n', folder, names_answer(names));
  return names;
}

void RecordedFiles::add_text(const std::string& path, std::string text) {
  texts_.insert_or_assign(path, std::move(text));
}

void RecordedFiles::add_installed(const std::string& path) {
  if (is_fresh(path, begun_)) keepable_ = false;
  answer('s', path, stamp(path));
}

void RecordedFiles::answer(char question, const std::string& path, const std::string& answer) {
  if (path.find('\n') != std::string::npos) keepable_ = false;
  lines_.emplace(std::string(1, question) + path, answer);
}

bool RecordedFiles::is_installed(const std::string& path) const {
  return path.starts_with(installed_);
}

std::string RecordedFiles::record() const { return keepable_ ? answers() : std::string(); }

std::string RecordedFiles::answers() const {
  std::string text;
  for (const auto& [question, answer] : lines_)
    text += fmt::format("{} {} {}\n", question[0], answer, question.substr(1));
  return text;
}

std::set<std::string> RecordedFiles::paths() const {
  std::set<std::string> all;
  for (const auto& [question, answer] : lines_)
    if (question[0] != 's') all.insert(question.substr(1));
  return all;
}

bool still_holds(std::string_view record, FileSystem& files) {
  while (!record.empty()) {
    std::string_view line = take(record, '\n');
    std::string_view question = take(line, ' '), answer = take(line, ' ');
    if (question.size() != 1 || answer_now(question[0], std::string(line), files) != answer)
      return false;
  }
  return true;
}

}  // namespace pflow::run
