/// One cassette: what it holds, and what is recorded into it.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "pflow/http.hpp"
#include "runtime/src/cassettes/interaction.h"
#include "runtime/src/cassettes/played_answer.h"
#include "runtime/src/cassettes/recorded_file.h"
#include "runtime/src/http/tape.h"

namespace pflow::cassettes {

/// As vcrpy calls them.
enum class Mode : unsigned char {
  None,         ///< what is recorded is played, nothing goes out
  Once,         ///< the same where the file is there; else everything is recorded
  NewEpisodes,  ///< what is recorded is played, the rest goes out and is recorded
  All,          ///< everything goes out and is recorded
};

/// Who names it.
enum class Owner : unsigned char { Run, Test };

class Cassette {
 public:
  Cassette(std::string path, Mode mode, Owner owner)
      : path_(std::move(path)), mode_(mode), owner_(owner) {}

  /// Reads the file, and claims it where there may be something to record. False: reported.
  bool open();
  /// Writes what was recorded. False: reported.
  bool finish();

  /// Whether no request goes out.
  [[nodiscard]] bool plays_only() const { return plays_only_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  HttpTurn begin(const HttpHop& hop);

 private:
  /// The recordings of equal requests, in the order of the file.
  struct Equal {
    std::vector<Interaction*> recordings;
    size_t next = 0;
  };
  struct Recording {
    Interaction interaction;
    bool decoded;
    bool complete = false;
  };
  friend struct RecordingTape;

  bool read();
  [[nodiscard]] std::string how_to_record(const char* mode) const;
  HttpTurn miss(const Interaction& asked, const Equal* equal);

  std::string path_;
  Mode mode_;
  Owner owner_;
  bool plays_only_ = true;
  std::deque<Interaction> recorded_;
  std::unordered_map<std::string, Equal> equals_;
  std::deque<PlayedAnswer> played_;
  std::deque<Recording> recordings_;  ///< in the order in which they began
  RecordedFile file_;
  std::string problem_, help_;
};

/// What a recording is told by the exchange.
struct RecordingTape {
  static void take(void* recording, const char* data, size_t len);
  static void end(void* recording, const HttpResponse& head, const char* reason, bool whole);
  static void drop(void* recording);
};

}  // namespace pflow::cassettes
