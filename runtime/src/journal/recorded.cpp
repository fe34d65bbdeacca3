#include "runtime/src/journal/recorded.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/src/json/json_scanner.h"
#include "runtime/src/recorder/crc32.h"

namespace pflow::rt {
namespace {

constexpr size_t kSumDigits = 8;

bool read_whole(int file, Buffer& out) {
  struct stat status;
  if (fstat(file, &status) != 0) return false;
  out.reserve(static_cast<size_t>(status.st_size) + 1);
  for (;;) {
    constexpr size_t kPiece = size_t{1} << 20;
    out.reserve(kPiece);
    const ssize_t got = pread(file, out.end(), kPiece, static_cast<off_t>(out.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    out.grew(static_cast<size_t>(got));
  }
}

/// The JSON of a line; empty when its sum does not fit.
pf_str json_of_line(pf_str line) {
  if (line.len < kSumDigits + 3 || line.data[kSumDigits] != ' ') return {};
  const pf_str json = {line.data + kSumDigits + 1, line.len - kSumDigits - 1, nullptr};
  uint32_t sum = 0;
  for (size_t i = 0; i < kSumDigits; ++i) {
    const char digit = line.data[i];
    sum = sum << 4 | static_cast<uint32_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  }
  return sum == crc32(json.data, json.len) ? json : pf_str{};
}

/// Takes the line that stands first; false: there is no whole one.
bool next_line(pf_str& rest, pf_str& line) {
  const void* end = rest.len == 0 ? nullptr : memchr(rest.data, '\n', rest.len);
  if (!end) return false;
  const auto length = static_cast<size_t>(static_cast<const char*>(end) - rest.data);
  line = {rest.data, length, nullptr};
  rest = {rest.data + length + 1, rest.len - length - 1, nullptr};
  return true;
}

bool has_good_line(pf_str rest) {
  pf_str line;
  while (next_line(rest, line))
    if (json_of_line(line).len != 0) return true;
  return false;
}

/// Whether the key is of a step of the stage, or is that step.
bool is_of_stage(pf_str key, const char* stage) {
  return equals(key, stage) || equals(site_of_key(key), stage);
}

}  // namespace

bool Recorded::read(int file, const char* from, Buffer& problem) {
  if (!read_whole(file, text_)) {
    problem.format("it cannot be read: %s", strerror(errno));
    return false;
  }
  pf_str rest = text_.text(), line;
  for (size_t number = 1; next_line(rest, line); ++number) {
    const pf_str json = json_of_line(line);
    if (json.len == 0 && !has_good_line(rest)) break;
    if (json.len == 0) {
      problem.format("line %zu is damaged, and records follow it", number);
      return false;
    }
    if (!take_line(json, from, problem)) return false;
    whole_ = text_.size() - rest.len;
  }
  if (run_.len == 0) problem.add("no run stands in it");
  if (run_.len != 0 && from && !passes_over_)
    problem.format("no step of the stage `%s` stands in it", from);
  return problem.size() == 0;
}

bool Recorded::take_line(pf_str json, const char* from, Buffer& problem) {
  const pf_str type = json_text_member(json, "type");
  if (run_.len == 0) {
    if (!equals(type, "run") || json_int_member(json, "journal") != 1) {
      problem.add("it is no journal of a run that this program can read");
      return false;
    }
    run_ = json;
    return true;
  }
  const pf_str key = json_text_member(json, "key");
  if (from && is_of_stage(key, from)) passes_over_ = true;
  if (passes_over_) return true;
  if (equals(type, "result")) take_result(json, key);
  if (equals(type, "intent")) take_intent(json, key);
  if (equals(type, "batch")) take_batch(json, from);
  if (equals(type, "batch_sent")) take_batch_id(json);
  if (equals(type, "cache")) take_lookup(json);
  return true;
}

void Recorded::take_result(pf_str json, pf_str key) {
  const bool failed = json_member(json, "error").len != 0;
  const pf_str out = json_member(json, "out");
  const int64_t intent = intent_numbers_.find(key, -1);
  // What it gave is lost where it could not be kept.
  if (intent >= 0 && (failed || out.len != 0)) intents_[static_cast<size_t>(intent)].is_over = true;
  if (failed || has_failed(key)) failed_.set(key, failed ? 1 : 0);
  if (out.len == 0) return;
  result_numbers_.set(key, static_cast<int64_t>(results_.size()));
  keys_.add(key);
  results_.add({json_text_member(json, "args"), json_text_member(json, "action"), out});
}

void Recorded::take_intent(pf_str json, pf_str key) {
  intent_numbers_.set(key, static_cast<int64_t>(intents_.size()));
  const bool repeatable = json_member(json, "repeatable").len != 0;
  const bool asks = json_member(json, "ask").len != 0;
  intents_.add({key, json_text_member(json, "node"), json_member(json, "in"),
                json_int_member(json, "began"),
                repeatable ? Doubt::Again
                : asks     ? Doubt::Ask
                           : Doubt::Fail,
                false});
}

/// Its calls are keys and hashes of arguments in turn.
void Recorded::take_batch(pf_str json, const char* from) {
  const pf_str calls = json_member(json, "calls");
  JsonScanner scanner(calls);
  bool goes_on = false;
  pf_str key{};
  if (scanner.next() != '[' || !scanner.open()) return;
  batches_.add({json_text_member(json, "token"), {}});
  for (size_t i = 0; scanner.more(i == 0, ']', &goes_on) && goes_on; ++i) {
    scanner.next();
    const size_t begin = scanner.offset() + 1;
    if (!scanner.skip()) return;
    const pf_str text = {calls.data + begin, scanner.offset() - 1 - begin, nullptr};
    if (i % 2 == 0) {
      key = text;
      if (from && is_of_stage(key, from)) passes_over_ = true;
      if (passes_over_) return;
      continue;
    }
    member_numbers_.set(key, static_cast<int64_t>(members_.size()));
    members_.add({batches_.size() - 1, text, i / 2});
  }
}

void Recorded::take_batch_id(pf_str json) {
  const pf_str token = json_text_member(json, "token");
  const pf_str id = json_text_member(json, "id");
  for (RecordedBatch& batch : batches_)
    if (pf_str_equal(&batch.token, &token)) batch = {id.len == 0 ? id : token, id};
}

void Recorded::take_lookup(pf_str json) {
  const pf_str call = json_text_member(json, "call");
  if (call.len == 0) return;
  lookup_numbers_.set(call, static_cast<int64_t>(lookups_.size()));
  lookups_.add({json_member(json, "results")});
}

const RecordedLookup* Recorded::lookup(pf_str call) const {
  const int64_t number = lookup_numbers_.find(call, -1);
  return number < 0 ? nullptr : &lookups_[static_cast<size_t>(number)];
}

const RecordedMember* Recorded::member(pf_str key) const {
  const int64_t number = member_numbers_.find(key, -1);
  return number < 0 ? nullptr : &members_[static_cast<size_t>(number)];
}

const RecordedResult* Recorded::result(pf_str key) const {
  const int64_t number = result_numbers_.find(key, -1);
  return number < 0 ? nullptr : &results_[static_cast<size_t>(number)];
}

int64_t Recorded::began(pf_str key) const {
  const int64_t number = intent_numbers_.find(key, -1);
  if (number < 0 || intents_[static_cast<size_t>(number)].is_over) return 0;
  return intents_[static_cast<size_t>(number)].began;
}

pf_str json_member(pf_str object, const char* name) {
  JsonScanner scanner(object);
  bool goes_on = false;
  if (scanner.next() != '{' || !scanner.open()) return {};
  for (bool first = true; scanner.more(first, '}', &goes_on) && goes_on; first = false) {
    pf_str key;
    if (!scanner.key(&key)) return {};
    const bool found = equals(key, name);
    scanner.next();
    const size_t begin = scanner.offset();
    if (!scanner.skip()) return {};
    if (found) return {object.data + begin, scanner.offset() - begin, nullptr};
  }
  return {};
}

pf_str json_text_member(pf_str object, const char* name) {
  const pf_str member = json_member(object, name);
  if (member.len < 2 || member.data[0] != '"') return {};
  return {member.data + 1, member.len - 2, nullptr};
}

int64_t json_int_member(pf_str object, const char* name) {
  const pf_str member = json_member(object, name);
  int64_t value = 0;
  for (size_t i = 0; i < member.len && member.data[i] >= '0' && member.data[i] <= '9'; ++i)
    value = value * 10 + (member.data[i] - '0');
  return value;
}

pf_str site_of_key(pf_str key) {
  constexpr pf_str kInside = {" > ", 3, nullptr};
  pf_str site = key;
  for (size_t i = 0; i + kInside.len <= key.len; ++i)
    if (memcmp(key.data + i, kInside.data, kInside.len) == 0)
      site = {key.data + i + kInside.len, key.len - i - kInside.len, nullptr};
  const void* blank = site.len == 0 ? nullptr : memchr(site.data, ' ', site.len);
  if (blank) site.len = static_cast<size_t>(static_cast<const char*>(blank) - site.data);
  const void* item = site.len == 0 ? nullptr : memchr(site.data, '[', site.len);
  if (item) site.len = static_cast<size_t>(static_cast<const char*>(item) - site.data);
  return site;
}

}  // namespace pflow::rt
