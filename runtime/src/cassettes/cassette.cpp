#include "runtime/src/cassettes/cassette.h"

#include <errno.h>
#include <string.h>

#include <algorithm>

#include "runtime/src/cassettes/filters.h"
#include "runtime/src/cassettes/nearest_recording.h"
#include "runtime/src/cassettes/read_cassette.h"
#include "runtime/src/cassettes/request_key.h"
#include "runtime/src/cassettes/write_cassette.h"
#include "runtime/src/cleanup/signals.h"
#include "runtime/src/program/config.h"

namespace pflow::cassettes {
namespace {

bool report(const std::string& problem, const std::string& help = "") {
  pf_config_error(nullptr, help.empty() ? nullptr : help.c_str(), "%s", problem.c_str());
  return false;
}

/// Values of headers of one name stand in one row.
void add_header(std::vector<Header>& headers, const HttpHeader& header) {
  for (Header& known : headers)
    if (known.name == view(header.name))
      return known.values.emplace_back(view(header.value)), void();
  headers.push_back({std::string(view(header.name)), {std::string(view(header.value))}});
}

Interaction request_of(const HttpHop& hop) {
  Interaction asked;
  asked.method = hop.method;
  asked.url = view(hop.url);
  asked.request_body = view(hop.body);
  for (size_t i = 0; i < hop.header_count; ++i) add_header(asked.request_headers, hop.headers[i]);
  filter_request(asked);
  return asked;
}

/// The body was decompressed on its way: what the headers say of it is true again.
void tell_decoded(Interaction& interaction) {
  if (content_encoding(interaction).empty()) return;
  std::erase_if(interaction.headers, [](const Header& header) {
    return header.name == "content-encoding" || header.name == "content-length";
  });
  interaction.headers.push_back({"content-length", {std::to_string(interaction.body.size())}});
}

std::string lines_of(const std::vector<Interaction*>& recordings) {
  constexpr size_t kMost = 5;
  std::string lines;
  for (size_t i = 0; i < recordings.size() && i < kMost; ++i)
    lines += (i == 0 ? "" : ", ") + std::to_string(recordings[i]->line);
  return lines + (recordings.size() > kMost ? ", …" : "");
}

}  // namespace

std::string Cassette::how_to_record(const char* mode) const {
  const std::string modes = std::string("--record-mode ") + mode + "`";
  return owner_ == Owner::Test ? "`pflowc test " + modes : "`--record " + path_ + " " + modes;
}

bool Cassette::read() {
  rt::Buffer text;
  if (!rt::read_small_file(path_.c_str(), text)) {
    if (errno == ENOENT && mode_ != Mode::None) return true;
    return report("cannot read the cassette `" + path_ + "`: " + strerror(errno),
                  errno == ENOENT ? how_to_record("once") + " records it" : "");
  }
  plays_only_ = mode_ == Mode::None || mode_ == Mode::Once;
  if (!read_cassette(path_.c_str(), {text.data(), text.size()}, recorded_)) return false;
  if (mode_ == Mode::All) return true;
  for (Interaction& interaction : recorded_)
    equals_[request_key(interaction)].recordings.push_back(&interaction);
  return true;
}

bool Cassette::open() {
  plays_only_ = mode_ == Mode::None;
  // Claimed before it is read: who has it now may be about to write it.
  if (int error = plays_only_ ? 0 : file_.claim(path_, owner_ == Owner::Test))
    return error == EBUSY ? report("another program records into `" + path_ + "`",
                                   "wait for its end, or record into a file of its own")
                          : report("cannot record into `" + path_ + "`: " + strerror(error));
  if (!read()) return false;
  if (plays_only_) file_.release();
  return true;
}

HttpTurn Cassette::begin(const HttpHop& hop) {
  HttpTurn turn;
  Interaction asked = request_of(hop);
  auto found = equals_.end();
  if (!equals_.empty()) found = equals_.find(request_key(asked));
  Equal* equal = found == equals_.end() ? nullptr : &found->second;
  if (equal && equal->next < equal->recordings.size()) {
    Interaction& next = *equal->recordings[equal->next++];
    next.played = true;
    turn.played = &played_.emplace_back(next, hop.decoded).response;
  } else if (plays_only_) {
    turn = miss(asked, equal);
  } else {
    turn.recording = &recordings_.emplace_back(Recording{std::move(asked), hop.decoded});
  }
  return turn;
}

HttpTurn Cassette::miss(const Interaction& asked, const Equal* equal) {
  if (equal) {
    bool one = equal->recordings.size() == 1;
    problem_ = (one ? "the recording"
                    : "all " + std::to_string(equal->recordings.size()) + " recordings") +
               " of this request in `" + path_ + "`, " + (one ? "line " : "lines ") +
               lines_of(equal->recordings) + ", " + (one ? "has" : "have") + " been played already";
  } else {
    problem_ = "`" + path_ +
               "` holds no recording of this request: " + nearest_recording(recorded_, asked);
  }
  help_ = how_to_record("new_episodes") + " records what is not there";
  HttpTurn turn;
  turn.problem = problem_.c_str();
  turn.help = help_.c_str();
  return turn;
}

bool Cassette::finish() {
  if (std::ranges::none_of(recordings_, &Recording::complete)) {
    file_.release();
    return true;
  }
  rt::Buffer text;
  begin_cassette(text);
  for (const Interaction& interaction : recorded_) add_interaction(text, interaction);
  for (const Recording& recording : recordings_)
    if (recording.complete) add_interaction(text, recording.interaction);
  end_cassette(text);
  int error = file_.replace(text);
  return error == 0 || report("cannot record into `" + path_ + "`: " + strerror(error));
}

void RecordingTape::take(void* recording, const char* data, size_t len) {
  static_cast<Cassette::Recording*>(recording)->interaction.body.append(data, len);
}

void RecordingTape::end(void* recording, const HttpResponse& head, const char* reason, bool whole) {
  auto& made = *static_cast<Cassette::Recording*>(recording);
  // A run that is stopped has not seen what it would have.
  if (!whole && rt::received_signal() != 0) return drop(recording);
  Interaction& interaction = made.interaction;
  interaction.status = head.status;
  interaction.reason = reason;
  for (size_t i = 0; i < head.header_count; ++i) add_header(interaction.headers, head.headers[i]);
  if (made.decoded) tell_decoded(interaction);
  filter_answer(interaction);
  made.complete = true;
}

void RecordingTape::drop(void* recording) {
  static_cast<Cassette::Recording*>(recording)->interaction = {};
}

}  // namespace pflow::cassettes
