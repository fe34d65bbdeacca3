/// Who listens at every request, redirects and further tries included, and may answer it in
/// place of the server (src/cassettes). There is one or none.
#pragma once

#include "pflow/http.hpp"

namespace pflow {

/// A request as it goes out.
struct HttpHop {
  const char* method;
  pf_str url;
  const HttpHeader* headers;
  size_t header_count;
  pf_str body;   ///< empty when there is none
  bool decoded;  ///< whether the body of the answer is to be decompressed
};

/// What is done with it. Texts are valid until the next request.
struct HttpTurn {
  const HttpResponse* played = nullptr;  ///< this is the answer; valid until the program ends
  void* recording = nullptr;             ///< else: it goes out, and what comes back is told
  const char* problem = nullptr;         ///< it fails
  const char* help = nullptr;
};

struct HttpTape {
  /// Whether no request ever goes out.
  bool (*plays_only)();
  HttpTurn (*begin)(const HttpHop& hop);
  // Of a recording; `end` and `drop` are its last.
  void (*take)(void* recording, const char* data, size_t len);
  /// Its `body` is empty. `whole`: the body has been taken to its end.
  void (*end)(void* recording, const HttpResponse& head, const char* reason, bool whole);
  void (*drop)(void* recording);
};

/// Null: none listens now. Defined by who may: it is linked where requests can be made.
extern const HttpTape* http_tape;

inline bool http_plays_only() { return http_tape && http_tape->plays_only(); }

}  // namespace pflow
