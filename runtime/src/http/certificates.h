/// The certificates by which servers are known, and proxies over TLS.
#pragma once

#include <curl/curl.h>

namespace pflow {

/// Null, or what is wrong with those that the environment names: a text to stand in an error.
/// It is looked for once.
const char* certificates_problem();

/// Tells the handle which they are: those of `CURL_CA_BUNDLE`, else of `SSL_CERT_DIR` and
/// `SSL_CERT_FILE`, else the system's. There is no problem with them.
void set_certificates(CURL* easy);

}  // namespace pflow
