#include "runtime/src/http/curl_library.h"

#include "pflow/http.hpp"

namespace pflow {

CurlLibrary g_curl;
void (*tls_protocol)(const void* session, const unsigned char** name, unsigned* len);

const char* http_problem() { return load_curl(); }

}  // namespace pflow
