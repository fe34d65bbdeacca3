#include <openssl/crypto.h>
#include <openssl/ssl.h>

#include "runtime/src/http/curl_library.h"

namespace pflow {
namespace {

#define PF_FUNCTION(name) &curl_##name,
constexpr CurlLibrary kBundled{PF_CURL_FUNCTIONS(PF_FUNCTION)};
#undef PF_FUNCTION

void agreed_protocol(const void* session, const unsigned char** name, unsigned* len) {
  SSL_get0_alpn_selected(static_cast<const SSL*>(session), name, len);
}

}  // namespace

const char* load_curl() {
  // The configuration of the machine's own OpenSSL may name modules that this one cannot load.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  g_curl = kBundled;
  tls_protocol = agreed_protocol;
  return nullptr;
}

}  // namespace pflow
